package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerLayout;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A directory that a server polls, or that somebody else serves. */
public final class DirectoryTargetConfiguration extends RepositoryTargetConfiguration {
    private final String path;
    private String server = "";

    @DataBoundConstructor
    public DirectoryTargetConfiguration(String name, String path) {
        super(name, ServerLayout.VERSIONS);
        this.path = FormChecks.trim(path);
    }

    /** As the controller sees it; absolute. */
    public String getPath() {
        return path;
    }

    /** URL of the server that polls the directory, or "". */
    public String getServer() {
        return server;
    }

    @DataBoundSetter
    public void setServer(String server) {
        this.server = FormChecks.trim(server);
    }

    @Override
    void check() {
        super.check();
        if (!server.isEmpty()) {
            FormChecks.checkUrl(server);
        }
    }

    @Override
    String directory() {
        return path;
    }

    @Override
    String serverUrl() {
        return server;
    }

    @Override
    boolean loadsOnRequest() {
        return false;
    }

    /** Describes it. */
    @Extension
    @Symbol("directory")
    public static final class DescriptorImpl extends TargetDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.DirectoryTargetConfiguration_directoryThatAServerReads();
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            return FormChecks.validate(() -> FormChecks.checkDirectory(FormChecks.trim(value)));
        }

        @POST
        public FormValidation doCheckServer(@QueryParameter String value) {
            return FormChecks.trim(value).isEmpty() ? FormValidation.ok() : doCheckUrl(value);
        }

        /** This kind calls its address otherwise, and has one only where a server is asked. */
        @POST
        @Override
        public ListBoxModel doFillCredentialsIdItems(
                @QueryParameter String credentialsId, @QueryParameter String server) {
            return super.doFillCredentialsIdItems(credentialsId, server);
        }

        @POST
        @Override
        public FormValidation doCheckCredentialsId(@QueryParameter String value, @QueryParameter String server) {
            return super.doCheckCredentialsId(value, server);
        }

        /** Asks the server who it is; for administrators alone, since it sends a request to any URL. */
        @POST
        public FormValidation doTestConnection(
                @QueryParameter String path,
                @QueryParameter String layout,
                @QueryParameter String server,
                @QueryParameter String credentialsId,
                @QueryParameter String certificateAuthority) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            DirectoryTargetConfiguration tried = new DirectoryTargetConfiguration("tried", path);
            tried.setLayout(layout);
            tried.setServer(server);
            tried.setCredentialsId(credentialsId);
            tried.setCertificateAuthority(certificateAuthority);
            return tried.test();
        }
    }
}
