package io.jenkins.plugins.modeldelivery.builders;

import hudson.Extension;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** Decides from the metrics of a version whether it may go on. */
public final class GateOnMetricsBuilder extends DeliveryBuilder {
    private final GateOnMetricsStep step;

    @DataBoundConstructor
    public GateOnMetricsBuilder(GateOnMetricsStep step) {
        this.step = step;
    }

    public GateOnMetricsStep getStep() {
        return step;
    }

    @Override
    GateOnMetricsStep step() {
        return step;
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("gateOnMetricsBuilder")
    public static final class DescriptorImpl extends StepBackedDescriptor<Builder> {
        public DescriptorImpl() {
            super(GateOnMetricsBuilder.class, DeliveryBuilder.class, GateOnMetricsStep.class);
        }
    }
}
