package io.jenkins.plugins.modeldelivery.configuration;

import hudson.ExtensionPoint;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import org.kohsuke.stapler.DataBoundSetter;

/** A model registry under the name that jobs use. */
public abstract class RegistryConfiguration extends NamedConfiguration<RegistryConfiguration>
        implements ExtensionPoint {
    private boolean defaultRegistry;

    protected RegistryConfiguration(String name) {
        super(name);
    }

    public boolean isDefaultRegistry() {
        return defaultRegistry;
    }

    @DataBoundSetter
    public void setDefaultRegistry(boolean defaultRegistry) {
        this.defaultRegistry = defaultRegistry;
    }

    @Override
    boolean isMarked() {
        return defaultRegistry;
    }

    /**
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if the configuration or the
     *     credentials cannot be used
     */
    public abstract Connection<ModelRegistry> connection(CredentialSource credentials);
}
