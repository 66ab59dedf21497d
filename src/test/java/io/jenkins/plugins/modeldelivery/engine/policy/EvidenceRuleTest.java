package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose evidence counts, and on which numbers. */
class EvidenceRuleTest extends PolicyFixture {
    private static final String GATES = ", \"gates\": [\"tabular\"]";
    private static final String REGISTRATION = GATES + ", \"metricsFrom\": \"registration\"";

    private void gated(Verdict verdict, String job, NumbersFrom numbers, Optional<NumbersFrom> baseline) {
        evidence.add(new Evidence(
                "tabular",
                rules("").gates().get("tabular").digest(),
                verdict,
                Optional.empty(),
                numbers,
                baseline,
                Optional.ofNullable(job),
                NOW,
                evidence.size() + 1L));
    }

    private void passed(String job, NumbersFrom numbers) {
        gated(Verdict.PASSED, job, numbers, Optional.empty());
    }

    @Test
    void theResultNamesJobAndOriginOfTheNumbers() {
        passed("team-a/evaluate", NumbersFrom.REGISTRATION);
        assertThat(only(GATES).text())
                .isEqualTo(
                        "passed at " + NOW + " by team-a/evaluate, on numbers that were registered with the version");
        passed(null, NumbersFrom.REQUEST);
        assertThat(only(GATES).text()).endsWith("outside Jenkins, on numbers that were given with the request");
    }

    /** A user who can read the promoting item may not be allowed to see others. */
    @Test
    void anItemIsNotToldWhichOtherOneMadeTheEvidence() {
        item = Optional.of("team-a/deliver");
        passed("team-a/evaluate", NumbersFrom.REGISTRATION);
        assertThat(only(GATES).text()).startsWith("passed at " + NOW + " by another item of Jenkins, on numbers");
        gated(Verdict.FAILED, "team-a/evaluate", NumbersFrom.REGISTRATION, Optional.empty());
        assertThat(only(GATES).text()).isEqualTo("FAILED at " + NOW + " by another item of Jenkins");
        item = Optional.of("team-a/evaluate");
        assertThat(only(GATES).text()).isEqualTo("FAILED at " + NOW + " by team-a/evaluate");
    }

    @ParameterizedTest
    @CsvSource({"team-a/evaluate, MET", "team-a/other, UNMET", "team-b/evaluate, UNMET", ", UNMET"})
    void evidenceCountsFromItemsThatAreNamed(String job, RuleResult.Outcome outcome) {
        passed(job, NumbersFrom.REGISTRATION);
        RuleResult result = only(GATES + ", \"evidenceFrom\": [\"team-a/evaluate\"]");
        assertThat(result.outcome()).isEqualTo(outcome);
        if (outcome == RuleResult.Outcome.UNMET) {
            assertThat(result.text()).isEqualTo("there is evidence, but not from an item whose evidence counts");
            assertThat(result.needed())
                    .isEqualTo("the gate tabular must pass in an item of Jenkins that the policy admits");
        }
    }

    @Test
    void byDefaultItCountsFromTheItemsThatMayPromote() {
        item = Optional.of("team-a/deliver");
        String items = GATES + ", \"items\": [\"team-a/**\"]";
        passed("team-b/evaluate", NumbersFrom.REGISTRATION);
        assertThat(decide(items).rules().get(0).outcome()).isEqualTo(RuleResult.Outcome.UNMET);
        passed("team-a/evaluate", NumbersFrom.REGISTRATION);
        assertThat(decide(items).granted()).isTrue();
    }

    /** Reports of another team are ignored: they do not admit a version and do not block it. */
    @Test
    void evidenceThatDoesNotCountDecidesNothing() {
        passed("team-a/evaluate", NumbersFrom.REGISTRATION);
        gated(Verdict.FAILED, "team-b/evaluate", NumbersFrom.REGISTRATION, Optional.empty());
        assertThat(only(GATES + ", \"evidenceFrom\": [\"team-a/**\"]").outcome())
                .isEqualTo(RuleResult.Outcome.MET);
        gated(Verdict.FAILED, "team-a/evaluate", NumbersFrom.REGISTRATION, Optional.empty());
        assertThat(only(GATES + ", \"evidenceFrom\": [\"team-a/**\"]").outcome())
                .isEqualTo(RuleResult.Outcome.UNMET);
    }

    @ParameterizedTest
    @CsvSource({"REGISTRATION, MET", "REGISTRY, UNMET", "CHANGED, UNMET", "REQUEST, UNMET"})
    void numbersMustHaveBeenRegisteredWhereThePolicySaysSo(NumbersFrom numbers, RuleResult.Outcome outcome) {
        passed("team-a/evaluate", numbers);
        RuleResult result = only(REGISTRATION);
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.text()).contains("on numbers that were " + numbers.words());
        assertThat(only(GATES).outcome()).isEqualTo(RuleResult.Outcome.MET);
        assertThat(only(GATES + ", \"metricsFrom\": \"any\"").outcome()).isEqualTo(RuleResult.Outcome.MET);
    }

    @ParameterizedTest
    @CsvSource({"REGISTRATION, MET", "REGISTRY, MET", "CHANGED, UNMET"})
    void aBaselineWhoseNumbersSomebodyChangedIsNone(NumbersFrom numbers, RuleResult.Outcome outcome) {
        gated(Verdict.PASSED, "team-a/evaluate", NumbersFrom.REGISTRATION, Optional.of(numbers));
        RuleResult result = only(REGISTRATION);
        assertThat(result.outcome()).isEqualTo(outcome);
        assertThat(result.text().contains("against a baseline whose numbers were changed"))
                .isEqualTo(outcome == RuleResult.Outcome.UNMET);
    }
}
