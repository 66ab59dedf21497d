package io.jenkins.plugins.modeldelivery.configuration;

import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.engine.access.TargetRule;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Says what may be deployed to a serving target, and warns where anything may. */
public abstract class TargetDescriptor extends ServerDescriptor<TargetConfiguration> {
    /** What all the fields about it mean together. */
    @POST
    public FormValidation doCheckRequiredAlias(
            @QueryParameter String value,
            @QueryParameter String requiredPolicy,
            @QueryParameter String endpoints,
            @QueryParameter boolean forbidTakeOver) {
        return FormChecks.advise(() -> {
            TargetRule rule = TargetConfiguration.rule(value, requiredPolicy, endpoints, forbidTakeOver);
            return rule.requiresNothing() ? FormChecks.warning(rule.sentence()) : FormValidation.ok(rule.sentence());
        });
    }

    @POST
    public FormValidation doCheckEndpoints(@QueryParameter String value) {
        return FormChecks.advise(() -> NameLimitLines.parse(value).isEmpty()
                ? FormChecks.warning("Every item that may use the target may deploy to every endpoint.")
                : FormValidation.ok());
    }
}
