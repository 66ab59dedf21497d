package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.tasks.Publisher;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Moves an alias to a version, under the policy that guards it. After the build. */
public final class PromoteModelPublisher extends DeliveryPublisher {
    /** Greater than that of what deploys. */
    static final double PROMOTE_ORDINAL = 1;

    private final PromoteModelStep step;

    @DataBoundConstructor
    public PromoteModelPublisher(PromoteModelStep step) {
        this.step = step;
    }

    public PromoteModelStep getStep() {
        return step;
    }

    @Override
    PromoteModelStep step() {
        return step;
    }

    /** Shows it in forms: before {@link DeployModelPublisher}, since Jenkins keeps post-build actions in this order. */
    @Extension(ordinal = PROMOTE_ORDINAL)
    @Symbol("promoteModelPublisher")
    public static final class DescriptorImpl extends StepBackedDescriptor<Publisher> {
        public DescriptorImpl() {
            super(PromoteModelPublisher.class, DeliveryPublisher.class, PromoteModelStep.class);
        }
    }
}
