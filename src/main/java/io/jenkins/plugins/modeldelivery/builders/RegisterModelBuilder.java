package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Puts a model into a registry as a new version. */
public final class RegisterModelBuilder extends DeliveryBuilder {
    private final RegisterModelStep step;

    @DataBoundConstructor
    public RegisterModelBuilder(RegisterModelStep step) {
        this.step = step;
    }

    public RegisterModelStep getStep() {
        return step;
    }

    @Override
    RegisterModelStep step() {
        return step;
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("registerModelBuilder")
    public static final class DescriptorImpl extends StepBackedDescriptor<Builder> {
        public DescriptorImpl() {
            super(RegisterModelBuilder.class, DeliveryBuilder.class, RegisterModelStep.class);
        }
    }
}
