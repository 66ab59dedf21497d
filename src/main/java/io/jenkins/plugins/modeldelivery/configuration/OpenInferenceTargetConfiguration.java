package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.ConnectionReport;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerAccess;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerLayout;
import io.jenkins.plugins.modeldelivery.configuration.connection.SystemCredentials;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.time.Clock;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A server that loads models when it is asked (MLServer, Triton), with the directory from which it loads them. */
public final class OpenInferenceTargetConfiguration extends RepositoryTargetConfiguration {
    private final String url;
    private final String repository;

    @DataBoundConstructor
    public OpenInferenceTargetConfiguration(String name, String url, String repository) {
        super(name, ServerLayout.MLSERVER);
        this.url = FormChecks.trim(url);
        this.repository = FormChecks.trim(repository);
    }

    public String getUrl() {
        return url;
    }

    /** The server's directory, as the controller sees it; absolute. */
    public String getRepository() {
        return repository;
    }

    @Override
    void check() {
        super.check();
        FormChecks.checkUrl(url);
    }

    @Override
    String directory() {
        return repository;
    }

    private ServerAccess access(CredentialSource credentials) {
        return access(url, credentials);
    }

    @Override
    public Connection<ServingTarget> connection(CredentialSource credentials) {
        return new OpenInferenceConnection(access(credentials), place());
    }

    private record OpenInferenceConnection(ServerAccess server, ServerLayout place)
            implements Connection<ServingTarget> {
        private static final long serialVersionUID = 1L;

        @Override
        public ServingTarget open(Clock clock, Sleeper pause) {
            return new DirectoryTarget(
                    place.open(clock),
                    new ExplicitLoadServer(
                            new OpenInferenceClient(server.transport(clock, pause), server.uri(), clock)));
        }

        @Override
        public List<String> secrets() {
            return server.secrets();
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("openInference")
    public static final class DescriptorImpl extends TargetDescriptor {
        @Override
        public String getDisplayName() {
            return "Open Inference server (MLServer, Triton)";
        }

        @POST
        public FormValidation doCheckRepository(@QueryParameter String value) {
            return FormChecks.validate(() -> FormChecks.checkDirectory(FormChecks.trim(value)));
        }

        @POST
        public ListBoxModel doFillLayoutItems() {
            return ServerLayout.choices();
        }

        /** Asks the server who it is; for administrators alone, since it sends a request to any URL. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String url,
                @QueryParameter String repository,
                @QueryParameter String credentialsId,
                @QueryParameter String certificateAuthority) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            OpenInferenceTargetConfiguration tried = new OpenInferenceTargetConfiguration("tried", url, repository);
            tried.setCredentialsId(credentialsId);
            tried.setCertificateAuthority(certificateAuthority);
            return test(
                    () -> tried.connection(new SystemCredentials()),
                    target -> ConnectionReport.target(
                            target.describe(Cancellation.NONE),
                            tried.access(new SystemCredentials()).text()));
        }
    }
}
