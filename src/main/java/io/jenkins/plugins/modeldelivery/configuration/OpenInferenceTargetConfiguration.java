package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerLayout;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
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

    @Override
    String serverUrl() {
        FormChecks.checkUrl(url);
        return url;
    }

    @Override
    boolean loadsOnRequest() {
        return true;
    }

    /** Describes it. */
    @Extension
    @Symbol("openInference")
    public static final class DescriptorImpl extends TargetDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.OpenInferenceTargetConfiguration_openInferenceServerMLServerTriton();
        }

        @POST
        public FormValidation doCheckRepository(@QueryParameter String value) {
            return FormChecks.validate(() -> FormChecks.checkDirectory(FormChecks.trim(value)));
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
            return tried.test();
        }
    }
}
