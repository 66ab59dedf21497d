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

/** Rolls a version out to a serving target. */
public final class DeployModelStep extends ModelStep {
    private String target;
    private String endpoint;
    private SmokeTest smokeTest;
    private boolean rollback = true;
    private boolean takeOver;
    private String timeout;

    @DataBoundConstructor
    public DeployModelStep() {}

    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Util.fixEmptyAndTrim(target);
    }

    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    public SmokeTest getSmokeTest() {
        return smokeTest;
    }

    @DataBoundSetter
    public void setSmokeTest(SmokeTest smokeTest) {
        this.smokeTest = smokeTest;
    }

    public boolean isRollback() {
        return rollback;
    }

    @DataBoundSetter
    public void setRollback(boolean rollback) {
        this.rollback = rollback;
    }

    public boolean isTakeOver() {
        return takeOver;
    }

    @DataBoundSetter
    public void setTakeOver(boolean takeOver) {
        this.takeOver = takeOver;
    }

    public String getTimeout() {
        return timeout;
    }

    @DataBoundSetter
    public void setTimeout(String timeout) {
        this.timeout = Util.fixEmptyAndTrim(timeout);
    }

    @Override
    public OperationType type() {
        return OperationType.DEPLOY;
    }

    @Override
    void parameters(OperationParameters into) {
        into.put("model", getModel())
                .put("registry", getRegistry())
                .put("target", target)
                .put("endpoint", endpoint)
                .put("smokeTest", smokeTest == null ? into.part() : smokeTest.parameters(into.part()))
                .put("rollback", rollback)
                .put("takeOver", takeOver)
                .put("timeout", timeout);
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("deployModel")
    public static final class DescriptorImpl extends DeliveryStepDescriptor {
        public DescriptorImpl() {
            super(OperationType.DEPLOY);
        }

        @Override
        public String getDisplayName() {
            return Messages.DeployModelStep_deployAModelVersion();
        }

        @POST
        public ComboBoxModel doFillTargetItems(@AncestorInPath Item item) {
            return StepFormChecks.names(item, ItemForms::targets);
        }

        @POST
        public FormValidation doCheckTarget(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.named(item, value, "serving target", ItemForms::targets);
        }
    }
}
