package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.tasks.Publisher;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Rolls a version out to a serving target. After the build. */
public final class DeployModelPublisher extends DeliveryPublisher {
    private final DeployModelStep step;

    @DataBoundConstructor
    public DeployModelPublisher(DeployModelStep step) {
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
    @Extension(ordinal = PromoteModelPublisher.PROMOTE_ORDINAL - 1)
    @Symbol("deployModelPublisher")
    public static final class DescriptorImpl extends StepBackedDescriptor<Publisher> {
        public DescriptorImpl() {
            super(DeployModelPublisher.class, DeliveryPublisher.class, DeployModelStep.class);
        }
    }
}
