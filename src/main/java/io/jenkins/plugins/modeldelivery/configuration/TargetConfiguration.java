package io.jenkins.plugins.modeldelivery.configuration;

import hudson.ExtensionPoint;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import org.kohsuke.stapler.DataBoundSetter;

/** A serving target under the name that jobs use. */
public abstract class TargetConfiguration extends NamedConfiguration<TargetConfiguration> implements ExtensionPoint {
    private boolean defaultTarget;

    protected TargetConfiguration(String name) {
        super(name);
    }

    public boolean isDefaultTarget() {
        return defaultTarget;
    }

    @DataBoundSetter
    public void setDefaultTarget(boolean defaultTarget) {
        this.defaultTarget = defaultTarget;
    }

    @Override
    boolean isMarked() {
        return defaultTarget;
    }

    /**
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if the configuration or the
     *     credentials cannot be used
     */
    public abstract Connection<ServingTarget> connection(CredentialSource credentials);
}
