package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who approves under a policy, and what counts. */
class PolicyApprovalsTest extends PolicyFixture {
    private void approve(String by, String... groups) {
        approvals.add(new Approval(by, List.of(groups), NOW, "", false));
    }

    @Test
    void approvalsAloneMissingMeansThatTheyAreNeeded() {
        Decision decision = decide(", \"approvals\": {\"count\": 1}");
        assertThat(decision.approvalNeeded()).isTrue();
        assertThat(decision.granted()).isFalse();
    }

    @Test
    void approversAreUsersOrGroupsAndCountOnceEach() {
        String policy = ", \"approvals\": {\"count\": 2, \"from\": [\"group:ml-leads\", \"user:dora\"]}";
        approve("ben", "ml-leads");
        approve("ben", "ml-leads");
        approve("carl", "interns");
        assertThat(only(policy).needed()).startsWith("1 more approval needed, from group:ml-leads or user:dora");
        approve("dora");
        assertThat(only(policy).outcome()).isEqualTo(RuleResult.Outcome.MET);
        assertThat(only(policy).text()).isEqualTo("approved by ben, dora");
    }

    /** As a directory that takes upper and lower case of users for the same, but not of groups. */
    private static final Identities ONE_CASE = new Identities() {
        @Override
        public boolean sameUser(String a, String b) {
            return a.equalsIgnoreCase(b);
        }

        @Override
        public boolean sameGroup(String a, String b) {
            return a.equals(b);
        }
    };

    @Test
    void whoIsTheSameIsForTheDirectoryOfUsersToSay() {
        String policy =
                ", \"approvals\": {\"count\": 2, \"from\": [\"group:ml-leads\", \"user:Dora\"], \"notRequester\": true}";
        approve("BEN", "ml-leads");
        approve("ben", "ml-leads");
        approve("dora");
        approve("eve", "ML-Leads");
        approve("Ann", "ml-leads");
        assertThat(only(policy).text()).isEqualTo("approved by Ann, BEN, ben");
        identities = ONE_CASE;
        assertThat(only(policy).text()).isEqualTo("approved by BEN, dora");
    }

    @Test
    void anApprovalIsLackingUnlessItWouldNotCountOrWasGiven() {
        ApprovalRule rule = new ApprovalRule(2, List.of("group:ml-leads"), true);
        List<String> leads = List.of("ml-leads");
        approve("Ben", "ml-leads");
        assertThat(rule.lacks("carl", leads, List.of("ann"), approvals, ONE_CASE))
                .isTrue();
        assertThat(rule.lacks("carl", List.of(), List.of("ann"), approvals, ONE_CASE))
                .isFalse();
        assertThat(rule.lacks("ANN", leads, List.of("ann"), approvals, ONE_CASE))
                .isFalse();
        assertThat(rule.lacks("ben", leads, List.of("ann"), approvals, ONE_CASE))
                .isFalse();
        assertThat(rule.lacks("ben", leads, List.of("ann"), approvals, Identities.EXACT))
                .isTrue();
        assertThat(new ApprovalRule(1, List.of(), false).lacks("ann", List.of(), List.of("ann"), List.of(), ONE_CASE))
                .isTrue();
    }

    @Test
    void aRuleIsMetByEnoughPeopleOrAnOverride() {
        ApprovalRule rule = new ApprovalRule(2, List.of("group:ml-leads"), true);
        approve("ben", "ml-leads");
        assertThat(rule.isMet(approvals, List.of("ann"), Identities.EXACT)).isFalse();
        approve("carl", "ml-leads");
        assertThat(rule.isMet(approvals, List.of("ann"), Identities.EXACT)).isTrue();
        assertThat(rule.isMet(
                        List.of(new Approval("root", List.of(), NOW, "", true)), List.of("ann"), Identities.EXACT))
                .isTrue();
    }

    @Test
    void whoAsksDoesNotApproveWhereThePolicySaysSo() {
        approve("ann", "ml-leads");
        assertThat(only(", \"approvals\": {\"count\": 1, \"notRequester\": true}")
                        .outcome())
                .isEqualTo(RuleResult.Outcome.APPROVAL_NEEDED);
        assertThat(only(", \"approvals\": {\"count\": 1}").outcome()).isEqualTo(RuleResult.Outcome.MET);
    }

    @Test
    void whereSeveralAskNoneOfThemApproves() {
        requesters = List.of("ann", "carl");
        approve("carl");
        String policy = ", \"approvals\": {\"count\": 1, \"notRequester\": true}";
        assertThat(only(policy).needed()).isEqualTo("1 more approval needed, but not from ann or carl");
        approve("ben");
        assertThat(only(policy).text()).isEqualTo("approved by ben");
    }

    @Test
    void whereNobodyIsKnownToHaveAskedOnlyAnOverrideCounts() {
        requesters = List.of();
        approve("ben", "ml-leads");
        String policy = ", \"approvals\": {\"count\": 1, \"notRequester\": true}";
        assertThat(only(policy).outcome()).isEqualTo(RuleResult.Outcome.APPROVAL_NEEDED);
        assertThat(only(policy).needed())
                .startsWith("an administrator must override, because the requester is unknown");
        assertThat(only(", \"approvals\": {\"count\": 1}").outcome()).isEqualTo(RuleResult.Outcome.MET);
        approvals.add(new Approval("root", List.of(), NOW, "", true));
        assertThat(only(policy).outcome()).isEqualTo(RuleResult.Outcome.MET);
    }

    @Test
    void anOverrideCountsAndIsCalledOne() {
        approvals.add(new Approval("root", List.of(), NOW, "on fire", true));
        RuleResult result =
                only(", \"approvals\": {\"count\": 3, \"from\": [\"group:ml-leads\"], \"notRequester\": true}");
        assertThat(result.outcome()).isEqualTo(RuleResult.Outcome.MET);
        assertThat(result.text()).isEqualTo("overridden by root");
    }

    @Test
    void anOverrideOfApprovalsOverridesNothingElse() {
        approvals.add(new Approval("root", List.of(), NOW, "", true));
        assertThat(decide(", \"approvals\": {\"count\": 1}, \"requiredTags\": [\"owner\"]")
                        .granted())
                .isFalse();
    }
}
