package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.ExtensionPoint;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.configuration.connection.ServerLayout;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.configuration.form.NameLimitLines;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.access.NameLimits;
import io.jenkins.plugins.modeldelivery.engine.access.TargetRule;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.util.Optional;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A serving target under the name that jobs use. */
public abstract class TargetConfiguration extends NamedConfiguration<TargetConfiguration> implements ExtensionPoint {
    private boolean defaultTarget;
    private String requiredAlias = "";
    private String requiredPolicy = "";
    private String endpoints = "";
    private boolean forbidTakeOver;

    protected TargetConfiguration(String name) {
        super(name);
    }

    @Override
    protected Object readResolve() {
        super.readResolve();
        requiredAlias = FormChecks.trim(requiredAlias);
        requiredPolicy = FormChecks.trim(requiredPolicy);
        endpoints = FormChecks.text(endpoints);
        return this;
    }

    public boolean isDefaultTarget() {
        return defaultTarget;
    }

    @DataBoundSetter
    public void setDefaultTarget(boolean defaultTarget) {
        this.defaultTarget = defaultTarget;
    }

    /** The alias that must point to what is deployed; empty: none. */
    public String getRequiredAlias() {
        return requiredAlias;
    }

    @DataBoundSetter
    public void setRequiredAlias(String requiredAlias) {
        this.requiredAlias = FormChecks.trim(requiredAlias);
    }

    /** Name of the policy that what is deployed must fulfil; empty: none. */
    public String getRequiredPolicy() {
        return requiredPolicy;
    }

    @DataBoundSetter
    public void setRequiredPolicy(String requiredPolicy) {
        this.requiredPolicy = FormChecks.trim(requiredPolicy);
    }

    /** Which endpoints items may deploy to, one pattern of items a line; empty: all of them, all endpoints. */
    public String getEndpoints() {
        return endpoints;
    }

    @DataBoundSetter
    public void setEndpoints(String endpoints) {
        this.endpoints = FormChecks.text(endpoints);
    }

    /** Whether no request may take over an endpoint of another model. */
    public boolean isForbidTakeOver() {
        return forbidTakeOver;
    }

    @DataBoundSetter
    public void setForbidTakeOver(boolean forbidTakeOver) {
        this.forbidTakeOver = forbidTakeOver;
    }

    @Override
    ObjectNode rule() {
        ObjectNode rule = super.rule();
        if (!requiredAlias.isEmpty()) {
            rule.putObject("requires").put("alias", requiredAlias);
        } else if (!requiredPolicy.isEmpty()) {
            rule.putObject("requires").put("policy", requiredPolicy);
        }
        rule.set("endpoints", NameLimitLines.json(endpoints));
        return rule.put("takeOver", !forbidTakeOver);
    }

    @Override
    void check() {
        super.check();
        rule(requiredAlias, requiredPolicy, endpoints, forbidTakeOver);
    }

    /**
     * What the fields mean that say what may be deployed. Whether there is such a policy is another question.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if they cannot be meant
     */
    static TargetRule rule(String requiredAlias, String requiredPolicy, String endpoints, boolean forbidTakeOver) {
        NameLimits limits = NameLimitLines.parse(endpoints);
        String alias = FormChecks.trim(requiredAlias);
        String policy = FormChecks.trim(requiredPolicy);
        if (!alias.isEmpty()) {
            RegistryNames.checkAlias(alias);
        }
        if (!alias.isEmpty() && !policy.isEmpty()) {
            throw FormChecks.invalid(Messages.TargetConfiguration_enterARequiredAliasOr());
        }
        Optional<TargetRule.Requirement> requires = alias.isEmpty()
                ? Optional.of(policy).filter(name -> !name.isEmpty()).map(TargetRule.FulfilsPolicy::new)
                : Optional.of(new TargetRule.HasAlias(alias));
        return new TargetRule(requires, limits, ChangeRequests.NONE, !forbidTakeOver);
    }

    @Override
    boolean isMarked() {
        return defaultTarget;
    }

    /**
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if the configuration or the
     *     credentials cannot be used
     */
    public abstract Connection<ServingTarget> connection(CredentialSource credentials);

    /** Says what may be deployed to a serving target, and warns where anything may. */
    public abstract static class TargetDescriptor extends ServerDescriptor<TargetConfiguration> {
        /** What all the fields about it mean together. */
        @POST
        public FormValidation doCheckRequiredAlias(
                @QueryParameter String value,
                @QueryParameter String requiredPolicy,
                @QueryParameter String endpoints,
                @QueryParameter boolean forbidTakeOver) {
            return FormChecks.advise(() -> {
                TargetRule rule = rule(value, requiredPolicy, endpoints, forbidTakeOver);
                return rule.requiresNothing()
                        ? FormChecks.warning(rule.sentence())
                        : FormValidation.ok(rule.sentence());
            });
        }

        @POST
        public FormValidation doCheckEndpoints(@QueryParameter String value) {
            return FormChecks.advise(() -> NameLimitLines.parse(value).isEmpty()
                    ? FormChecks.warning(Messages.TargetConfiguration_everyItemThatMayUse())
                    : FormValidation.ok());
        }

        @POST
        public ListBoxModel doFillLayoutItems() {
            return ServerLayout.choices();
        }
    }
}
