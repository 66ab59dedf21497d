package io.jenkins.plugins.modeldelivery.steps;

import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.build.operation.OperationParameters;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.configuration.ItemForms;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Moves an alias to a version, under the policy that guards it. */
public final class PromoteModelStep extends ModelStep {
    private final String to;
    private String policy;
    private boolean dryRun;
    private String timeout;

    @DataBoundConstructor
    public PromoteModelStep(String to) {
        this.to = Util.fixNull(to).strip();
    }

    public String getTo() {
        return to;
    }

    public String getPolicy() {
        return policy;
    }

    @DataBoundSetter
    public void setPolicy(String policy) {
        this.policy = Util.fixEmptyAndTrim(policy);
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
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
        return OperationType.PROMOTE;
    }

    @Override
    void parameters(OperationParameters into) {
        into.put("to", to)
                .put("model", getModel())
                .put("registry", getRegistry())
                .put("policy", policy)
                .put("dryRun", dryRun)
                .put("timeout", timeout);
    }

    /** Shows it in forms. */
    @Extension
    @Symbol("promoteModel")
    public static final class DescriptorImpl extends DeliveryStepDescriptor {
        public DescriptorImpl() {
            super(OperationType.PROMOTE);
        }

        @Override
        public String getDisplayName() {
            return Messages.PromoteModelStep_promoteAModelVersion();
        }

        @POST
        public FormValidation doCheckTo(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.required(
                    item, value, Messages.PromoteModelStep_enterAnAliasExampleChampion(), RegistryNames::checkAlias);
        }

        @POST
        public ComboBoxModel doFillPolicyItems(@AncestorInPath Item item) {
            return StepFormChecks.names(item, ItemForms::policies);
        }

        @POST
        public FormValidation doCheckPolicy(@AncestorInPath Item item, @QueryParameter String value) {
            return StepFormChecks.named(item, value, "policy", ItemForms::policies);
        }
    }
}
