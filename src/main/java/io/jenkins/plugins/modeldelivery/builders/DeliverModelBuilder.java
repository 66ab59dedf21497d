package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.steps.DeliverModelStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Runs a committed delivery file. */
public final class DeliverModelBuilder extends DeliveryBuilder {
    private final DeliverModelStep step;

    @DataBoundConstructor
    public DeliverModelBuilder(DeliverModelStep step) {
        this.step = step;
    }

    public DeliverModelStep getStep() {
        return step;
    }

    @Override
    DeliverModelStep step() {
        return step;
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("deliverModelBuilder")
    public static final class DescriptorImpl extends StepBackedDescriptor<Builder> {
        public DescriptorImpl() {
            super(DeliverModelBuilder.class, DeliveryBuilder.class, DeliverModelStep.class);
        }
    }
}
