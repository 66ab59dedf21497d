package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of a policy but its approvals: met, unmet, and what it says. */
class PolicyEvaluatorTest extends PolicyFixture {
    private void passed(String gate, String digest, Verdict verdict, Duration ago) {
        evidence.add(new Evidence(
                gate,
                digest,
                verdict,
                Optional.empty(),
                NumbersFrom.REGISTRATION,
                Optional.empty(),
                Optional.empty(),
                NOW.minus(ago),
                evidence.size() + 1L));
    }

    private static String digest() {
        return rules("").gates().get("tabular").digest();
    }

    @Test
    void aPolicyWithoutRulesLetsAVersionIn() {
        assertThat(decide("").granted()).isTrue();
    }

    @Test
    void allUnmetRulesAreSaidAtOnce() {
        Decision decision = decide(
                ", \"from\": [\"challenger\"], \"gates\": [\"tabular\"], \"requiredTags\": [\"owner\","
                        + " \"dataset\"], \"branches\": [\"main\"], \"approvals\": {\"count\": 2}, \"minimumAge\": \"24h\"");
        assertThat(decision.granted()).isFalse();
        assertThat(decision.approvalNeeded()).isFalse();
        assertThat(decision.rules())
                .extracting(RuleResult::rule)
                .containsExactly(
                        "from", "minimumAge", "gate tabular", "tag owner", "tag dataset", "branches", "approvals");
        assertThat(decision.rules())
                .allMatch(rule -> !rule.needed().isBlank() && !rule.text().isBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "team-a/train, MET",
        "team-a/churn/main, MET",
        "common/deliver, MET",
        "common/eu/deliver, UNMET",
        "team-b/train, UNMET",
        "team-a, UNMET",
        "my-team-a/train, UNMET"
    })
    void onlyItemsThatMatchMayPromote(String fullName, RuleResult.Outcome outcome) {
        item = Optional.of(fullName);
        RuleResult result = only(", \"items\": [\"team-a/**\", \"common/*\"]");
        assertThat(result.rule()).isEqualTo("items");
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.text()).isEqualTo("it is promoted by " + fullName);
    }

    @Test
    void whatIsLimitedToItemsIsPromotedInJenkinsAlone() {
        RuleResult result = only(", \"items\": [\"team-a/**\", \"common/*\"]");
        assertThat(result.outcome()).isEqualTo(RuleResult.Outcome.UNMET);
        assertThat(result.text()).isEqualTo("it is promoted outside Jenkins");
        assertThat(result.needed()).isEqualTo("it must be promoted by an item of Jenkins that the policy admits");
    }

    @Test
    void aLimitToItemsIsPartOfTheSentenceAndOfTheDigest() {
        Rules without = rules("");
        Rules with = rules(", \"items\": [\"team-a/**\", \"common/*\"]");
        assertThat(with.policies().get("production").sentence())
                .isEqualTo("Promotion to champion requires: promoted by an item that matches team-a/** or common/*.");
        assertThat(with.policies().get("production").digest(with.gates()))
                .isNotEqualTo(without.policies().get("production").digest(without.gates()));
        assertThat(without.policies().get("production").digest(without.gates()))
                .as("of a policy without items, as before there were any")
                .isEqualTo("sha256:718f9ad22536740ab8a2f58843fc4a4bcf101dd9d62ff804a4ab976b10d704c9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/team-a/train", "team-a/", "team-a//train"})
    void aPatternThatFitsNoItemIsAnError(String pattern) {
        assertThatThrownBy(() -> rules(", \"items\": [\"" + pattern + "\"]"))
                .hasMessageContaining("policies.production")
                .hasMessageContaining(pattern + " fits no item");
    }

    @Test
    void theVersionMustBearAnAliasItComesFrom() {
        String policy = ", \"from\": [\"challenger\", \"staging\"]";
        assertThat(only(policy).needed()).isEqualTo("it must have the alias challenger or staging");
        aliases.put("staging", Optional.empty());
        assertThat(only(policy).outcome()).isEqualTo(RuleResult.Outcome.MET);
    }

    @ParameterizedTest
    @CsvSource({"86399, UNMET", "86400, MET", "90000, MET"})
    void itMustHaveBorneItForAWhile(long seconds, RuleResult.Outcome outcome) {
        aliases.put("challenger", Optional.of(NOW.minusSeconds(seconds)));
        RuleResult age = decide(", \"from\": [\"challenger\"], \"minimumAge\": \"24h\"")
                .rules()
                .get(1);
        assertThat(age.outcome()).isEqualTo(outcome);
    }

    @Test
    void anUnknownAgeIsNoAge() {
        aliases.put("challenger", Optional.empty());
        RuleResult age = decide(", \"from\": [\"challenger\"], \"minimumAge\": \"24h\"")
                .rules()
                .get(1);
        assertThat(age.outcome()).isEqualTo(RuleResult.Outcome.UNMET);
        assertThat(age.text()).contains("does not show since when");
    }

    @Test
    void aGateCountsOnlyAsItIsConfiguredNow() {
        String policy = ", \"gates\": [\"tabular\"]";
        passed("tabular", "sha256:of-an-older-gate", Verdict.PASSED, Duration.ofHours(1));
        assertThat(only(policy).text()).contains("the gate has changed since");
        passed("other", digest(), Verdict.PASSED, Duration.ofHours(1));
        assertThat(only(policy).outcome()).isEqualTo(RuleResult.Outcome.UNMET);
        passed("tabular", digest(), Verdict.PASSED, Duration.ofHours(1));
        assertThat(only(policy).outcome()).isEqualTo(RuleResult.Outcome.MET);
        assertThat(only(policy).text()).startsWith("passed at " + NOW.minus(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @CsvSource({"FAILED", "INCONCLUSIVE"})
    void theNewestVerdictCountsAlsoWhenAnOlderOnePassed(Verdict verdict) {
        passed("tabular", digest(), Verdict.PASSED, Duration.ofHours(2));
        passed("tabular", digest(), verdict, Duration.ofHours(1));
        RuleResult gate = only(", \"gates\": [\"tabular\"]");
        assertThat(gate.outcome()).isEqualTo(RuleResult.Outcome.UNMET);
        assertThat(gate.text()).startsWith(verdict.name());
    }

    @ParameterizedTest
    @CsvSource({"604800, MET", "604801, UNMET"})
    void evidenceGrowsOld(long seconds, RuleResult.Outcome outcome) {
        passed("tabular", digest(), Verdict.PASSED, Duration.ofSeconds(seconds));
        assertThat(only(", \"gates\": [\"tabular\"], \"maxEvidenceAge\": \"7d\"")
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void aTagWithoutAValueIsNoTag() {
        tags.put("owner", " ");
        assertThat(only(", \"requiredTags\": [\"owner\"]").outcome()).isEqualTo(RuleResult.Outcome.UNMET);
        tags.put("owner", "ann");
        assertThat(only(", \"requiredTags\": [\"owner\"]").text()).isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource({
        "main, MET",
        "release/1.2, MET",
        "release/, MET",
        "mainline, UNMET",
        "feature/main, UNMET",
        "MAIN, UNMET",
        "releaseX1, UNMET"
    })
    void branchesAreMatchedAsAWhole(String branch, RuleResult.Outcome outcome) {
        tags.put(Tags.BRANCH, branch);
        assertThat(only(", \"branches\": [\"main\", \"release/*\"]").outcome()).isEqualTo(outcome);
    }

    @Test
    void anUnknownBranchIsNoBranch() {
        assertThat(only(", \"branches\": [\"*\"]").outcome()).isEqualTo(RuleResult.Outcome.UNMET);
    }

    @Test
    void theDigestChangesWithEveryRuleAndWithTheGatesItNames() {
        List<String> policies = List.of(
                "",
                ", \"from\": [\"a\"]",
                ", \"gates\": [\"tabular\"]",
                ", \"maxEvidenceAge\": \"7d\"",
                ", \"requiredTags\": [\"a\"]",
                ", \"branches\": [\"a\"]",
                ", \"approvals\": {\"count\": 1}",
                ", \"approvals\": {\"count\": 2}",
                ", \"approvals\": {\"count\": 1, \"from\": [\"user:a\"]}",
                ", \"approvals\": {\"count\": 1, \"notRequester\": true}",
                ", \"from\": [\"a\"], \"minimumAge\": \"1h\"");
        assertThat(policies.stream().map(PolicyEvaluatorTest::digestOf)).doesNotHaveDuplicates();
        assertThat(digestOf(", \"maxEvidenceAge\": \"168h\"")).isEqualTo(digestOf(", \"maxEvidenceAge\": \"7d\""));
        Rules other = Rules.parse(Json.read(
                "{\"gates\": {\"tabular\": {\"checks\": [\"auc >= 0.86\"]}}, \"policies\": {\"production\": {\"alias\": \"champion\", \"gates\": [\"tabular\"]}}}"
                        .getBytes(StandardCharsets.UTF_8),
                ErrorKind.INVALID_INPUT,
                "The test's document"));
        assertThat(other.policies().get("production").digest(other.gates()))
                .isNotEqualTo(digestOf(", \"gates\": [\"tabular\"]"));
    }

    private static String digestOf(String policy) {
        Rules rules = rules(policy);
        return rules.policies().get("production").digest(rules.gates());
    }
}
