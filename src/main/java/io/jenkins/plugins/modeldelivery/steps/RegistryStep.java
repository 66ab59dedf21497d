package io.jenkins.plugins.modeldelivery.steps;

import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** A step that works with one registry. */
public abstract class RegistryStep extends DeliveryStep {
    private String registry;

    /** Configured name; null for the default. */
    public final String getRegistry() {
        return registry;
    }

    @DataBoundSetter
    public final void setRegistry(String registry) {
        this.registry = Util.fixEmptyAndTrim(registry);
    }
}
