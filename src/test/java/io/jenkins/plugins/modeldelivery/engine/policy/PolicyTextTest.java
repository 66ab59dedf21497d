package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What policies and decisions say to people and in the record. */
class PolicyTextTest extends PolicyFixture {
    private static String sentence(String policy) {
        return rules(policy).policies().get("production").sentence();
    }

    @Test
    void aPolicyIsOneSentence() {
        assertThat(sentence("")).isEqualTo("Promotion to champion has no requirements.");
        assertThat(sentence(", \"from\": [\"a\", \"b\"], \"minimumAge\": \"24h\", \"gates\": [\"tabular\"],"
                        + " \"maxEvidenceAge\": \"7d\", \"requiredTags\": [\"owner\"], \"branches\": [\"main\"],"
                        + " \"approvals\": {\"count\": 2, \"from\": [\"group:leads\"], \"notRequester\": true}"))
                .isEqualTo(
                        "Promotion to champion requires: alias a or b for at least 1 d; gate tabular passed in the last 7 d; tag"
                                + " owner; branch main; 2 approvals from group:leads, but not from the requester.");
        assertThat(sentence(", \"from\": [\"a\"], \"gates\": [\"tabular\"], \"approvals\": {\"count\": 1,"
                        + " \"notRequester\": false}"))
                .isEqualTo("Promotion to champion requires: alias a; gate tabular passed; 1 approval.");
    }

    private static final String PATTERNS = ", \"gates\": [\"tabular\"], \"items\": [\"team-a/**\", \"team-b/**\"],"
            + " \"evidenceFrom\": [\"team-a/evaluate\"], \"registeredBy\": [\"team-b/train\", \"*/deliver\"]";

    @Test
    void whoReadsAnItemIsToldOfPatternsThatAdmitItOnly() {
        Policy policy = rules(PATTERNS).policies().get("production");
        assertThat(policy.sentenceFor("team-a/deliver"))
                .isEqualTo("Promotion to champion requires: gate tabular passed in other items that the policy admits;"
                        + " registered by */deliver or other items that the policy admits; promoted by an item that"
                        + " matches team-a/** or other items that the policy admits.");
        assertThat(policy.sentenceFor("team-c/x"))
                .doesNotContain("team-")
                .contains("promoted by other items that the policy admits.");
        assertThat(rules(", \"items\": [\"team-a/**\"]")
                        .policies()
                        .get("production")
                        .sentenceFor("team-a/x"))
                .isEqualTo("Promotion to champion requires: promoted by an item that matches team-a/**.");
    }

    @Test
    void theRecordedTextIsReadableInTheSameWayAndStaysWholeInTheRecord() {
        Rules rules = rules(PATTERNS);
        var text = rules.policies().get("production").toJson(rules.gates());
        var whole = text.deepCopy();
        JsonNode readable = Policy.readable(text, "team-a/deliver");
        assertThat(text).isEqualTo(whole);
        assertThat(readable.path("items").toString()).isEqualTo("[\"team-a/**\",\"(other items)\"]");
        assertThat(readable.path("evidenceFrom").toString()).isEqualTo("[\"(other items)\"]");
        assertThat(readable.path("registeredBy").toString()).isEqualTo("[\"*/deliver\",\"(other items)\"]");
        assertThat(readable.path("gates")).isEqualTo(text.path("gates"));
        assertThat(Policy.readable(text, "").toString()).doesNotContain("team-", "deliver");
    }

    @Test
    void aDecisionSaysEveryRuleAndWhatItNeeds() {
        JsonNode decision = decide(", \"requiredTags\": [\"owner\"], \"approvals\": {\"count\": 1}")
                .toJson();
        assertThat(decision.path("granted").asBoolean()).isFalse();
        assertThat(decision.path("rules")).hasSize(2);
        assertThat(decision.path("rules").path(0).path("rule").asText()).isEqualTo("tag owner");
        assertThat(decision.path("rules").path(0).path("outcome").asText()).isEqualTo("UNMET");
        assertThat(decision.path("rules").path(0).path("needed").asText()).isEqualTo("the version needs the tag owner");
        tags.put("owner", "ann");
        JsonNode waiting = decide(", \"requiredTags\": [\"owner\"], \"approvals\": {\"count\": 1}")
                .toJson();
        assertThat(waiting.path("approvalNeeded").asBoolean()).isTrue();
        assertThat(waiting.path("rules").path(0).has("needed")).isFalse();
    }

    @Test
    void theNewestEvidenceCountsInWhateverOrderItIsRead() {
        String digest = rules("").gates().get("tabular").digest();
        for (long sequence : new long[] {9, 4}) {
            evidence.add(new Evidence(
                    "tabular",
                    digest,
                    sequence == 9 ? Verdict.FAILED : Verdict.PASSED,
                    Optional.empty(),
                    NumbersFrom.of(NumbersFrom.REGISTRATION.text()),
                    Optional.empty(),
                    Optional.empty(),
                    NOW.minus(Duration.ofDays(1)),
                    sequence));
        }
        assertThat(only(", \"gates\": [\"tabular\"]").outcome()).isEqualTo(RuleResult.Outcome.UNMET);
    }

    @Test
    void evidenceThatComparedWithAnotherBaselineIsNamed() {
        evidence.add(new Evidence(
                "tabular",
                rules("").gates().get("tabular").digest(),
                Verdict.PASSED,
                Optional.empty(),
                NumbersFrom.REGISTRATION,
                Optional.empty(),
                Optional.empty(),
                NOW,
                1));
        baselines.put("tabular", new BaselineNow(Optional.empty(), Optional.of("the baseline churn/1 is gone")));
        RuleResult result = only(", \"gates\": [\"tabular\"]");
        assertThat(result.text()).endsWith("but the baseline churn/1 is gone");
        assertThat(result.needed()).isEqualTo("the gate tabular must pass again");
    }

    @Test
    void anAliasHasOnePolicy() {
        Rules rules = rules("");
        assertThat(rules.guarding("champion").map(Policy::name)).contains("production");
        assertThat(rules.guarding("Champion").map(Policy::name))
                .as("some registries do not tell them apart")
                .contains("production");
        assertThat(rules.guarding("other")).isEmpty();
        assertThatThrownBy(() -> Rules.parse(Json.read(
                        "{\"policies\": {\"a\": {\"alias\": \"x\"}, \"b\": {\"alias\": \"x\"}}}"
                                .getBytes(StandardCharsets.UTF_8),
                        ErrorKind.INVALID_INPUT,
                        "It")))
                .hasMessageContaining("the alias x is guarded by the policy a already");
        assertThatThrownBy(() -> Rules.parse(Json.read(
                        "{\"policies\": {\"a\": {\"alias\": \"x\"}, \"b\": {\"alias\": \"X\"}}}"
                                .getBytes(StandardCharsets.UTF_8),
                        ErrorKind.INVALID_INPUT,
                        "It")))
                .hasMessageContaining("the alias X is guarded by the policy a already");
        assertThat(Rules.parse(Json.read(
                                "{\"policies\": {\"a\": {\"alias\": \"x\"}, \"b\": {\"alias\": \"y\"}}}"
                                        .getBytes(StandardCharsets.UTF_8),
                                ErrorKind.INVALID_INPUT,
                                "It"))
                        .policies())
                .containsOnlyKeys("a", "b");
    }
}
