package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Moves an alias to a version, under the policy that guards it. */
public final class PromoteModelBuilder extends DeliveryBuilder {
    private final PromoteModelStep step;

    @DataBoundConstructor
    public PromoteModelBuilder(PromoteModelStep step) {
        this.step = step;
    }

    public PromoteModelStep getStep() {
        return step;
    }

    @Override
    PromoteModelStep step() {
        return step;
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("promoteModelBuilder")
    public static final class DescriptorImpl extends StepBackedDescriptor<Builder> {
        public DescriptorImpl() {
            super(PromoteModelBuilder.class, DeliveryBuilder.class, PromoteModelStep.class);
        }
    }
}
