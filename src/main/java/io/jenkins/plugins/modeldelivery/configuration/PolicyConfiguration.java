package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.Extension;
import hudson.model.AbstractDescribableImpl;
import io.jenkins.plugins.modeldelivery.configuration.form.ChangeRequestChoice;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.policy.NumbersFrom;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import java.util.List;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

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

    List<String> gateNames() {
        return FormChecks.lines(gates);
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

    void check() {
        FormChecks.checkName(name);
        RegistryNames.checkAlias(alias);
        ChangeRequestChoice.check(changeRequests);
        if (approvals == 0 && (notRequester || !FormChecks.lines(approvers).isEmpty())) {
            throw FormChecks.invalid(Messages.PolicyConfiguration_thePolicyListsApproversBut(name));
        }
    }

    /** Read by itself: whether its gates exist is not asked. */
    Policy read() {
        ObjectNode document = Json.object();
        ObjectNode itsGates = document.putObject("gates");
        gateNames().forEach(gate -> itsGates.putObject(gate).putArray("checks").add("any >= 0"));
        document.putObject("policies").set(name, json());
        return Rules.parse(document).policies().get(name);
    }

    /** Describes it. */
    @Extension
    public static final class DescriptorImpl extends PolicyDescriptor {
        @Override
        public String getDisplayName() {
            return Messages.PolicyConfiguration_policy();
        }
    }
}
