package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Rolls a version out to a serving target. */
public final class DeployModelBuilder extends DeliveryBuilder {
    private final DeployModelStep step;

    @DataBoundConstructor
    public DeployModelBuilder(DeployModelStep step) {
        this.step = step;
    }

    public DeployModelStep getStep() {
        return step;
    }

    @Override
    DeployModelStep step() {
        return step;
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("deployModelBuilder")
    public static final class DescriptorImpl extends StepBackedDescriptor<Builder> {
        public DescriptorImpl() {
            super(DeployModelBuilder.class, DeliveryBuilder.class, DeployModelStep.class);
        }
    }
}
