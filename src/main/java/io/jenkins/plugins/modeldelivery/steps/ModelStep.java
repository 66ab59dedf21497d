package io.jenkins.plugins.modeldelivery.steps;

import hudson.Util;
import org.kohsuke.stapler.DataBoundSetter;

/** A step for a version that is registered. */
public abstract class ModelStep extends RegistryStep {
    private String model;

    /** Such as churn/7 or churn@champion; null for the version that the build registered last. */
    public final String getModel() {
        return model;
    }

    @DataBoundSetter
    public final void setModel(String model) {
        this.model = Util.fixEmptyAndTrim(model);
    }
}
