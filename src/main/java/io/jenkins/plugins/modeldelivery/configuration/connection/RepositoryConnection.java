package io.jenkins.plugins.modeldelivery.configuration.connection;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.PollingServer;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.time.Clock;
import java.util.List;

/**
 * To a directory of models, and the server that reads it.
 *
 * @param server null if none is asked
 * @param loadsOnRequest whether the server loads a model when it is asked to, or polls the directory
 */
public record RepositoryConnection(
        ServerLayout place, @CheckForNull ServerAccess server, boolean loadsOnRequest)
        implements Connection<ServingTarget> {
    private static final long serialVersionUID = 1L;

    @Override
    public ServingTarget open(Clock clock, Sleeper pause) {
        if (server == null) {
            return new DirectoryTarget(place.open(clock), ModelServer.UNKNOWN);
        }
        OpenInferenceClient client = new OpenInferenceClient(server.transport(clock, pause), server.uri(), clock);
        return new DirectoryTarget(
                place.open(clock), loadsOnRequest ? new ExplicitLoadServer(client) : new PollingServer(client));
    }

    @Override
    public List<String> secrets() {
        return server == null ? List.of() : server.secrets();
    }
}
