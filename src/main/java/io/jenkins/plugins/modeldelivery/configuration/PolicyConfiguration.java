package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryPattern;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.policy.ApprovalRule;
import io.jenkins.plugins.modeldelivery.engine.policy.NumbersFrom;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A policy, in the words of the policy file. Lists are kept as text, one entry a line. */
public final class PolicyConfiguration extends AbstractDescribableImpl<PolicyConfiguration> {
    private final String name;
    private final String alias;
    private String from = "";
    private String gates = "";
    private String evidenceFrom = "";
    private boolean registeredNumbers;
    private String maxEvidenceAge = "";
    private String requiredTags = "";
    private String registeredBy = "";
    private String repositories = "";
    private String branches = "";
    private String items = "";
    private String changeRequests = ChangeRequests.NONE.text();
    private int approvals;
    private String approvers = "";
    private boolean notRequester;
    private String minimumAge = "";

    @DataBoundConstructor
    public PolicyConfiguration(String name, String alias) {
        this.name = FormChecks.trim(name);
        this.alias = FormChecks.trim(alias);
    }

    /** What was stored before a field came is as if the field were empty. */
    private Object readResolve() {
        evidenceFrom = FormChecks.text(evidenceFrom);
        registeredBy = FormChecks.text(registeredBy);
        repositories = FormChecks.text(repositories);
        changeRequests = changeRequests == null ? ChangeRequests.NONE.text() : changeRequests;
        return this;
    }

    public String getName() {
        return name;
    }

    public String getAlias() {
        return alias;
    }

    public String getFrom() {
        return from;
    }

    @DataBoundSetter
    public void setFrom(String from) {
        this.from = FormChecks.text(from);
    }

    public String getGates() {
        return gates;
    }

    @DataBoundSetter
    public void setGates(String gates) {
        this.gates = FormChecks.text(gates);
    }

    /** Patterns of the jobs whose evidence counts, one a line; empty: those of {@link #getItems}. */
    public String getEvidenceFrom() {
        return evidenceFrom;
    }

    @DataBoundSetter
    public void setEvidenceFrom(String evidenceFrom) {
        this.evidenceFrom = FormChecks.text(evidenceFrom);
    }

    public boolean isRegisteredNumbers() {
        return registeredNumbers;
    }

    @DataBoundSetter
    public void setRegisteredNumbers(boolean registeredNumbers) {
        this.registeredNumbers = registeredNumbers;
    }

    public String getMaxEvidenceAge() {
        return maxEvidenceAge;
    }

    @DataBoundSetter
    public void setMaxEvidenceAge(String maxEvidenceAge) {
        this.maxEvidenceAge = FormChecks.trim(maxEvidenceAge);
    }

    public String getRequiredTags() {
        return requiredTags;
    }

    @DataBoundSetter
    public void setRequiredTags(String requiredTags) {
        this.requiredTags = FormChecks.text(requiredTags);
    }

    /** Patterns of the jobs that must have registered the version, one a line; empty: anybody. */
    public String getRegisteredBy() {
        return registeredBy;
    }

    @DataBoundSetter
    public void setRegisteredBy(String registeredBy) {
        this.registeredBy = FormChecks.text(registeredBy);
    }

    /** URLs of repositories that the code may come from, one a line; empty: any. */
    public String getRepositories() {
        return repositories;
    }

    @DataBoundSetter
    public void setRepositories(String repositories) {
        this.repositories = FormChecks.text(repositories);
    }

    public String getBranches() {
        return branches;
    }

    @DataBoundSetter
    public void setBranches(String branches) {
        this.branches = FormChecks.text(branches);
    }

    /** Patterns of the items' full names, one a line; {@code *} within a folder, {@code **} across; empty: all items. */
    public String getItems() {
        return items;
    }

    @DataBoundSetter
    public void setItems(String items) {
        this.items = FormChecks.text(items);
    }

    /** Whose builds may promote to the alias: {@code none}, {@code trusted} or {@code all}. */
    public String getChangeRequests() {
        return changeRequests;
    }

    @DataBoundSetter
    public void setChangeRequests(String changeRequests) {
        this.changeRequests = FormChecks.trim(changeRequests);
    }

    /** How many must approve; 0 for no approval. */
    public int getApprovals() {
        return approvals;
    }

    @DataBoundSetter
    public void setApprovals(int approvals) {
        this.approvals = approvals;
    }

    /** Users and groups, one a line, as {@code user:ann} and {@code group:leads}. */
    public String getApprovers() {
        return approvers;
    }

    @DataBoundSetter
    public void setApprovers(String approvers) {
        this.approvers = FormChecks.text(approvers);
    }

    public boolean isNotRequester() {
        return notRequester;
    }

    @DataBoundSetter
    public void setNotRequester(boolean notRequester) {
        this.notRequester = notRequester;
    }

    public String getMinimumAge() {
        return minimumAge;
    }

    @DataBoundSetter
    public void setMinimumAge(String minimumAge) {
        this.minimumAge = FormChecks.trim(minimumAge);
    }

    /** The policy as it stands under its name in the policy file; what is empty is left out. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("alias", alias);
        list(json, "from", from);
        list(json, "gates", gates);
        list(json, "evidenceFrom", evidenceFrom);
        if (registeredNumbers) {
            json.put("metricsFrom", NumbersFrom.REGISTRATION.text());
        }
        text(json, "maxEvidenceAge", maxEvidenceAge);
        list(json, "requiredTags", requiredTags);
        list(json, "registeredBy", registeredBy);
        list(json, "repositories", repositories);
        list(json, "branches", branches);
        list(json, "items", items);
        if (!changeRequests.equals(ChangeRequests.NONE.text())) {
            json.put("changeRequests", changeRequests);
        }
        if (approvals != 0) {
            ObjectNode rule = json.putObject("approvals").put("count", approvals);
            list(rule, "from", approvers);
            if (notRequester) {
                rule.put("notRequester", true);
            }
        }
        text(json, "minimumAge", minimumAge);
        return json;
    }

    private static void text(ObjectNode json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }

    private static void list(ObjectNode json, String key, String lines) {
        List<String> entries = FormChecks.lines(lines);
        if (!entries.isEmpty()) {
            entries.forEach(json.putArray(key)::add);
        }
    }

    /** @param json as the policy file has it, and found to be right */
    static PolicyConfiguration of(String name, JsonNode json) {
        PolicyConfiguration policy =
                new PolicyConfiguration(name, json.path("alias").asText());
        policy.setFrom(lines(json.path("from")));
        policy.setGates(lines(json.path("gates")));
        policy.setEvidenceFrom(lines(json.path("evidenceFrom")));
        policy.setRegisteredNumbers(json.path("metricsFrom").asText().equals(NumbersFrom.REGISTRATION.text()));
        policy.setMaxEvidenceAge(json.path("maxEvidenceAge").asText());
        policy.setRequiredTags(lines(json.path("requiredTags")));
        policy.setRegisteredBy(lines(json.path("registeredBy")));
        policy.setRepositories(lines(json.path("repositories")));
        policy.setBranches(lines(json.path("branches")));
        policy.setItems(lines(json.path("items")));
        policy.setChangeRequests(json.path("changeRequests").asText(ChangeRequests.NONE.text()));
        JsonNode rule = json.path("approvals");
        if (rule.isObject()) {
            policy.setApprovals(rule.path("count").asInt(1));
            policy.setApprovers(lines(rule.path("from")));
            policy.setNotRequester(rule.path("notRequester").asBoolean());
        }
        policy.setMinimumAge(json.path("minimumAge").asText());
        return policy;
    }

    private static String lines(JsonNode list) {
        StringBuilder lines = new StringBuilder();
        list.forEach(entry -> lines.append(entry.asText()).append('\n'));
        return lines.toString();
    }

    void check() {
        FormChecks.checkName(name);
        RegistryNames.checkAlias(alias);
        ChangeRequestChoice.check(changeRequests);
        if (approvals == 0 && (notRequester || !FormChecks.lines(approvers).isEmpty())) {
            throw FormChecks.invalid("The policy " + name + " says who approves, but asks for 0 approvals.");
        }
    }

    /** Read by itself: whether its gates exist is not asked. */
    private Policy read() {
        return PolicySection.parse(PolicySection.write(List.of(this))).get(name);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<PolicyConfiguration> {
        @Override
        public String getDisplayName() {
            return "Policy";
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return FormChecks.validate(() -> FormChecks.checkName(FormChecks.trim(value)));
        }

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
                        .filter(other -> other.alias.equalsIgnoreCase(policy.alias) && !other.name.equals(policy.name))
                        .findFirst()
                        .map(other -> FormChecks.warning(sentence + " But the saved policy " + other.name
                                + " guards this alias too, and an alias has one policy."))
                        .orElseGet(() -> FormValidation.ok(sentence));
            } catch (DeliveryException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public ListBoxModel doFillChangeRequestsItems() {
            return ChangeRequestChoice.choices();
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
                    : FormChecks.warning("No saved gate is called " + String.join(", ", unknown)
                            + (saved.isEmpty() ? "." : "; there are: " + String.join(", ", saved) + ".")
                            + " Saving works only if it is added above.");
        }

        @POST
        public FormValidation doCheckItems(@QueryParameter String value) {
            return FormChecks.validate(() -> FormChecks.items(value));
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
                throw FormChecks.invalid("Say how many must approve, as a whole number up to 1000; 0 for none.");
            }
            return given.isEmpty() ? 0 : Integer.parseInt(given);
        }
    }
}
