package io.jenkins.plugins.modeldelivery.configuration;

import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerAccess;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerLayout;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
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

    final ServerAccess access(String url, CredentialSource credentials) {
        return ServerAccess.of(url, credentialsId, certificateAuthority, credentials);
    }
}
