package io.jenkins.plugins.modeldelivery.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.build.operation.OperationParameters;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.configuration.ItemForms;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Decides from the metrics of a version whether it may go on. */
public final class GateOnMetricsStep extends ModelStep {
    private static final String FAIL = "fail";

    private String gate;
    private String checks;
    private String baseline;
    private String onMissingBaseline;
    private String onFailure = FAIL;
    private String metrics;

    @DataBoundConstructor
    public GateOnMetricsStep() {}

    public String getGate() {
        return gate;
    }

    @DataBoundSetter
    public void setGate(String gate) {
        this.gate = Util.fixEmptyAndTrim(gate);
    }

    public String getChecks() {
        return checks;
    }

    @DataBoundSetter
    public void setChecks(String checks) {
        this.checks = Util.fixEmptyAndTrim(checks);
    }

    public String getBaseline() {
        return baseline;
    }

    @DataBoundSetter
    public void setBaseline(String baseline) {
        this.baseline = Util.fixEmptyAndTrim(baseline);
    }

    public String getOnMissingBaseline() {
        return onMissingBaseline;
    }

    @DataBoundSetter
    public void setOnMissingBaseline(String onMissingBaseline) {
        this.onMissingBaseline = Util.fixEmptyAndTrim(onMissingBaseline);
    }

    public String getOnFailure() {
        return onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(String onFailure) {
        this.onFailure = Util.fixNull(Util.fixEmptyAndTrim(onFailure), FAIL);
    }

    public String getMetrics() {
        return metrics;
    }

    @DataBoundSetter
    public void setMetrics(String metrics) {
        this.metrics = Util.fixEmptyAndTrim(metrics);
    }

    @Override
    public OperationType type() {
        return OperationType.GATE;
    }

    @Override
    void parameters(OperationParameters into) {
        into.put("model", getModel())
                .put("registry", getRegistry())
                .put("gate", gate)
                .lines("checks", checks)
                .put("baseline", baseline)
                .put("onMissingBaseline", onMissingBaseline)
                .put("onFailure", onFailure)
                .put("metrics", metrics);
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("gateOnMetrics")
    public static final class DescriptorImpl extends DeliveryStepDescriptor {
        public DescriptorImpl() {
            super(OperationType.GATE);
        }

        @Override
        public String getDisplayName() {
            return Messages.GateOnMetricsStep_gateAModelVersionOn();
        }

        @POST
        public ComboBoxModel doFillGateItems(@AncestorInPath Item item) {
            return StepFormChecks.names(item, ItemForms::gates);
        }

        @POST
        public FormValidation doCheckGate(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.named(item, value, "gate", ItemForms::gates);
        }

        @POST
        public FormValidation doCheckChecks(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String gate) {
            boolean none = value.isBlank() && !gate.isBlank();
            return ItemForms.of(item)
                    .filter(forms -> !none && !value.contains("$"))
                    .map(forms -> forms.checks(value))
                    .orElse(FormValidation.ok());
        }
    }
}
