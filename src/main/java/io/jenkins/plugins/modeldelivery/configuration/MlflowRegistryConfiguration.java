package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.ConnectionReport;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerAccess;
import io.jenkins.plugins.modeldelivery.configuration.connection.SystemCredentials;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.configuration.form.NameLimitLines;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry.RegistryInfo;
import io.jenkins.plugins.modeldelivery.engine.registry.mlflow.MlflowRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An MLflow tracking server with its model registry. */
public final class MlflowRegistryConfiguration extends RegistryConfiguration {
    static final String EXPERIMENT = "model-delivery";

    private final String url;
    private String credentialsId = "";
    private String certificateAuthority = "";
    private String experiment = EXPERIMENT;
    private String experiments = "";
    private boolean throughController;

    @DataBoundConstructor
    public MlflowRegistryConfiguration(String name, String url) {
        super(name);
        this.url = FormChecks.trim(url);
    }

    public String getUrl() {
        return url;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = FormChecks.trim(credentialsId);
    }

    /** PEM, or "". */
    public String getCertificateAuthority() {
        return certificateAuthority;
    }

    @DataBoundSetter
    public void setCertificateAuthority(String certificateAuthority) {
        this.certificateAuthority = FormChecks.text(certificateAuthority);
    }

    /** Of what is uploaded. */
    public String getExperiment() {
        return experiment;
    }

    @DataBoundSetter
    public void setExperiment(String experiment) {
        String given = FormChecks.trim(experiment);
        this.experiment = given.isEmpty() ? EXPERIMENT : given;
    }

    /** Whether files go through the controller, and the secrets to no agent. */
    public boolean isThroughController() {
        return throughController;
    }

    @DataBoundSetter
    public void setThroughController(boolean throughController) {
        this.throughController = throughController;
    }

    /** From which experiments items may register runs and logged models, one pattern of items a line. */
    public String getExperiments() {
        return experiments;
    }

    @DataBoundSetter
    public void setExperiments(String experiments) {
        this.experiments = FormChecks.text(experiments);
    }

    @Override
    protected Object readResolve() {
        super.readResolve();
        experiments = FormChecks.text(experiments);
        return this;
    }

    @Override
    ObjectNode rule() {
        ObjectNode rule = super.rule();
        rule.set("experiments", NameLimitLines.json(experiments));
        return rule;
    }

    @Override
    void check() {
        super.check();
        NameLimitLines.parse(experiments);
        FormChecks.checkUrl(url);
        ServerDescriptor.checkAuthority(certificateAuthority);
    }

    private ServerAccess access(CredentialSource credentials) {
        return ServerAccess.of(url, credentialsId, certificateAuthority, credentials);
    }

    @Override
    public Connection<ModelRegistry> connection(CredentialSource credentials) {
        return new MlflowConnection(access(credentials), experiment, throughController);
    }

    private record MlflowConnection(ServerAccess server, String experiment, boolean throughController)
            implements Connection<ModelRegistry> {
        private static final long serialVersionUID = 1L;

        @Override
        public ModelRegistry open(Clock clock, Sleeper pause) {
            return new MlflowRegistry(server.transport(clock, pause), server.uri(), experiment, clock);
        }

        @Override
        public Optional<Connection<ModelRegistry>> forAgent() {
            return throughController
                    ? Optional.empty()
                    : Optional.of(new MlflowConnection(server.forAgent(), experiment, false));
        }

        @Override
        public List<String> secrets() {
            return server.secrets();
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("mlflow")
    public static final class DescriptorImpl extends ServerDescriptor<RegistryConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.MlflowRegistryConfiguration_mLflow();
        }

        /** Asks the server who it is; for administrators alone, since it sends a request to any URL. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String certificateAuthority) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            MlflowRegistryConfiguration tried = new MlflowRegistryConfiguration("tried", url);
            tried.setCredentialsId(credentialsId);
            tried.setCertificateAuthority(certificateAuthority);
            return test(() -> tried.connection(new SystemCredentials()), registry -> {
                RegistryInfo info = registry.describe(Cancellation.NONE);
                return ConnectionReport.registry(
                        info, tried.access(new SystemCredentials()).text());
            });
        }
    }
}
