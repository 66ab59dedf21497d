package io.jenkins.plugins.modeldelivery.configuration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.ConnectionReport;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.configuration.connection.RepositoryConnection;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerAccess;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerLayout;
import io.jenkins.plugins.modeldelivery.configuration.connection.SystemCredentials;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import org.kohsuke.stapler.DataBoundSetter;

/** A target with a directory of models that a server reads. */
public abstract class RepositoryTargetConfiguration extends TargetConfiguration {
    private static final int KEEP = 3;

    private String layout;
    private String implementation = "";
    private String credentialsId = "";
    private String certificateAuthority = "";
    private int keep = KEEP;
    private String state = "";

    protected RepositoryTargetConfiguration(String name, String layout) {
        super(name);
        this.layout = layout;
    }

    /** Of the models, as the controller sees it; absolute. */
    abstract String directory();

    /**
     * Of the server; "" if none is asked.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if it is no URL
     */
    abstract String serverUrl();

    /** Whether the server loads a model when it is asked to, or polls the directory. */
    abstract boolean loadsOnRequest();

    /** {@code mlserver} or {@code versions}. */
    public final String getLayout() {
        return layout;
    }

    @DataBoundSetter
    public final void setLayout(String layout) {
        this.layout = FormChecks.trim(layout);
    }

    /** MLServer's runtime class; "" to find it from the model. */
    public final String getImplementation() {
        return implementation;
    }

    @DataBoundSetter
    public final void setImplementation(String implementation) {
        this.implementation = FormChecks.trim(implementation);
    }

    /** Of the server; "" for none. */
    public final String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public final void setCredentialsId(String credentialsId) {
        this.credentialsId = FormChecks.trim(credentialsId);
    }

    /** PEM, or "". */
    public final String getCertificateAuthority() {
        return certificateAuthority;
    }

    @DataBoundSetter
    public final void setCertificateAuthority(String certificateAuthority) {
        this.certificateAuthority = FormChecks.text(certificateAuthority);
    }

    /** Versions kept for a rollback, at least 1. */
    public final int getKeep() {
        return keep;
    }

    @DataBoundSetter
    public final void setKeep(int keep) {
        this.keep = keep;
    }

    /** Directory for what is kept of each endpoint, outside of what the server reads; "" for one beside it. */
    public final String getState() {
        return state;
    }

    @DataBoundSetter
    public final void setState(String state) {
        this.state = FormChecks.trim(state);
    }

    @Override
    void check() {
        super.check();
        ServerDescriptor.checkAuthority(certificateAuthority);
        place();
    }

    /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if it cannot be used */
    final ServerLayout place() {
        ServerLayout place = new ServerLayout(directory(), layout, implementation, keep, state);
        place.check();
        return place;
    }

    @CheckForNull
    private ServerAccess access(CredentialSource credentials) {
        String url = serverUrl();
        return url.isEmpty() ? null : ServerAccess.of(url, credentialsId, certificateAuthority, credentials);
    }

    @Override
    public final Connection<ServingTarget> connection(CredentialSource credentials) {
        return new RepositoryConnection(place(), access(credentials), loadsOnRequest());
    }

    /** For "Test connection": asks the server who it is, and the directory whether it can be used. */
    final FormValidation test() {
        CredentialSource credentials = new SystemCredentials();
        return ConfigurationDescriptor.test(() -> connection(credentials), target -> {
            ServerAccess access = access(credentials);
            return ConnectionReport.target(target.describe(Cancellation.NONE), access == null ? "" : access.text());
        });
    }
}
