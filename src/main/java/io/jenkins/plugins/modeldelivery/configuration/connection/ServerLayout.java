package io.jenkins.plugins.modeldelivery.configuration.connection;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.MlServerLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import jenkins.model.Jenkins;

/**
 * How a server wants its directory.
 *
 * @param layout "mlserver" or "versions"
 * @param implementation MLServer's runtime classes or Triton's backends, separated by commas; "" if a model may choose
 * @param keep versions kept for a rollback, at least 1
 * @param state directory for what is kept of each endpoint; "" for one beside {@code path}
 */
public record ServerLayout(String path, String layout, String implementation, int keep, String state)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    public static final String MLSERVER = "mlserver";
    public static final String VERSIONS = "versions";

    public void check() {
        FormChecks.checkDirectory(path);
        if (!layout.equals(MLSERVER) && !layout.equals(VERSIONS)) {
            throw FormChecks.invalid(Messages.ServerLayout_theLayoutIsOr(MLSERVER, VERSIONS));
        }
        if (!state.isEmpty()) {
            FormChecks.checkDirectory(state);
        }
        if (keep < 1) {
            throw FormChecks.invalid(Messages.ServerLayout_atLeastOneVersionMust());
        }
    }

    public EndpointFiles open(Clock clock) {
        AllowedImplementations admitted = AllowedImplementations.parse(implementation);
        return new EndpointFiles(
                Path.of(path),
                Optional.of(state).filter(text -> !text.isEmpty()).map(Path::of),
                layout.equals(MLSERVER) ? new MlServerLayout(admitted) : new VersionedLayout(admitted),
                keep,
                clock);
    }

    public static ListBoxModel choices() {
        ListBoxModel choices = new ListBoxModel();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            choices.add(Messages.ServerLayout_mLServerModelSettingsJsonIn(), MLSERVER);
            choices.add(Messages.ServerLayout_tritonTensorFlowServingADirectory(), VERSIONS);
        }
        return choices;
    }
}
