package io.jenkins.plugins.modeldelivery.configuration;

import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryPattern;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.policy.ApprovalRule;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Validates the fields of a policy, and says what they mean together. */
public abstract class PolicyDescriptor extends ConfigurationDescriptor<PolicyConfiguration> {
    /** Says what the whole policy means. */
    @POST
    public FormValidation doCheckAlias(
            @QueryParameter String value,
            @QueryParameter String name,
            @QueryParameter String from,
            @QueryParameter String gates,
            @QueryParameter String evidenceFrom,
            @QueryParameter boolean registeredNumbers,
            @QueryParameter String maxEvidenceAge,
            @QueryParameter String requiredTags,
            @QueryParameter String registeredBy,
            @QueryParameter String repositories,
            @QueryParameter String branches,
            @QueryParameter String items,
            @QueryParameter String changeRequests,
            @QueryParameter String approvals,
            @QueryParameter String approvers,
            @QueryParameter boolean notRequester,
            @QueryParameter String minimumAge) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        PolicyConfiguration policy =
                new PolicyConfiguration(FormChecks.trim(name).isEmpty() ? "new" : name, value);
        policy.setFrom(from);
        policy.setGates(gates);
        policy.setEvidenceFrom(evidenceFrom);
        policy.setRegisteredNumbers(registeredNumbers);
        policy.setMaxEvidenceAge(maxEvidenceAge);
        policy.setRequiredTags(requiredTags);
        policy.setRegisteredBy(registeredBy);
        policy.setRepositories(repositories);
        policy.setBranches(branches);
        policy.setItems(items);
        policy.setChangeRequests(changeRequests);
        policy.setApprovers(approvers);
        policy.setNotRequester(notRequester);
        policy.setMinimumAge(minimumAge);
        try {
            policy.setApprovals(count(approvals));
            policy.check();
            String sentence = policy.read().sentence();
            return ModelDeliveryConfiguration.get().getPolicies().stream()
                    .filter(other -> guardsTheSame(other, policy))
                    .findFirst()
                    .map(other -> FormChecks.warning(
                            Messages.PolicyDescriptor_theSavedPolicyAlreadyGuards(sentence, other.getName())))
                    .orElseGet(() -> FormValidation.ok(sentence));
        } catch (DeliveryException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static boolean guardsTheSame(PolicyConfiguration other, PolicyConfiguration policy) {
        return other.getAlias().equalsIgnoreCase(policy.getAlias())
                && !other.getName().equals(policy.getName());
    }

    @POST
    public FormValidation doCheckGates(@QueryParameter String value) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        List<String> saved = ModelDeliveryConfiguration.get().getGates().stream()
                .map(GateConfiguration::getName)
                .toList();
        List<String> unknown = FormChecks.lines(value).stream()
                .filter(gate -> !saved.contains(gate))
                .toList();
        return unknown.isEmpty()
                ? FormValidation.ok()
                : FormChecks.warning(
                        saved.isEmpty()
                                ? Messages.PolicyDescriptor_noSavedGate(String.join(", ", unknown))
                                : Messages.PolicyDescriptor_noSavedGateOf(
                                        String.join(", ", unknown), String.join(", ", saved)));
    }

    @POST
    public FormValidation doCheckEvidenceFrom(@QueryParameter String value) {
        return FormChecks.validate(() -> FormChecks.items(value));
    }

    @POST
    public FormValidation doCheckRegisteredBy(@QueryParameter String value) {
        return FormChecks.validate(() -> FormChecks.items(value));
    }

    @POST
    public FormValidation doCheckRepositories(@QueryParameter String value) {
        return FormChecks.validate(() -> FormChecks.lines(value).forEach(RepositoryPattern::new));
    }

    @POST
    public FormValidation doCheckApprovers(@QueryParameter String value) {
        return FormChecks.validate(() -> new ApprovalRule(1, FormChecks.lines(value), false));
    }

    @POST
    public FormValidation doCheckMaxEvidenceAge(@QueryParameter String value) {
        return FormChecks.validate(() -> checkDuration(value));
    }

    @POST
    public FormValidation doCheckMinimumAge(@QueryParameter String value) {
        return FormChecks.validate(() -> checkDuration(value));
    }

    @POST
    public FormValidation doCheckApprovals(@QueryParameter String value) {
        return FormChecks.validate(() -> count(value));
    }

    private static void checkDuration(String value) {
        if (!FormChecks.trim(value).isEmpty()) {
            Durations.parse(value);
        }
    }

    private static int count(String value) {
        String given = FormChecks.trim(value);
        if (!given.matches("[0-9]{0,3}|1000")) {
            throw FormChecks.invalid(Messages.PolicyDescriptor_enterTheNumberOfApprovals());
        }
        return given.isEmpty() ? 0 : Integer.parseInt(given);
    }
}
