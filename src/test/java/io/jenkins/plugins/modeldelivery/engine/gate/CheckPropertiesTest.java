package io.jenkins.plugins.modeldelivery.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CheckPropertiesTest {
    @Property(tries = 2000)
    void anyTextIsACheckOrTheDocumentedError(@ForAll @StringLength(max = 3000) String text) {
        parse(text);
    }

    @Property(tries = 5000)
    void anythingMadeOfItsOwnPartsIsACheckOrTheDocumentedError(@ForAll("soup") String text) {
        parse(text);
    }

    private static void parse(String text) {
        try {
            Check check = Check.parse(text);
            assertThat(Check.parse(check.toString())).isEqualTo(check);
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
            assertThat(e.getMessage()).contains("check").hasSizeLessThan(1000);
        }
    }

    @Test
    void aCheckHasAtMost2000Characters() {
        String check = "m >= 0.5 " + "#".repeat(1991);
        assertThat(Check.parse(check)).hasToString("m >= 0.5");
        assertThatThrownBy(() -> Check.parse(check + "#"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("at most 2000 characters, this one 2001");
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.of(
                        "auc",
                        "baseline",
                        " ",
                        ">=",
                        "<=",
                        ">",
                        "<",
                        "==",
                        "=>",
                        "0.85",
                        "-",
                        "+",
                        "*",
                        "%",
                        "with",
                        "n",
                        "confidence",
                        "95%",
                        "{",
                        "}",
                        "=",
                        ",",
                        "(",
                        ")",
                        "min",
                        "max_gap",
                        "\"",
                        "\\",
                        "#",
                        "1e9",
                        "a b",
                        "é")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join(" ", parts));
    }

    @Provide
    Arbitrary<String> checks() {
        Arbitrary<String> subjects = Arbitraries.of(
                "auc",
                "\"macro avg.f1\"",
                "auc{country=*}",
                "auc{k=a,s=*}",
                "min(auc{k=*})",
                "max_gap(\"a b\"{k=*})",
                "m{k=\"New York\"}");
        Arbitrary<String> operators = Arbitraries.of(">=", ">", "<=", "<", "==");
        Arbitrary<String> bounds = Arbitraries.of(
                "0.85",
                "-1.5",
                "1e-3",
                "1.50e100",
                "-2e-100",
                "baseline + 1e50",
                "baseline * 0.10e-30",
                "baseline",
                "baseline - 0.005",
                "baseline + 10%",
                "baseline * 1.02");
        Arbitrary<String> ends = Arbitraries.of(
                "", " with n >= 200", " with confidence 95%", " with n >= 1 with confidence 99.9%", " # a comment");
        return Combinators.combine(subjects, operators, bounds, ends)
                .as((subject, operator, bound, end) -> subject + " " + operator + " " + bound + end);
    }

    @Property
    void whatIsPrintedReadsBackAsTheSame(@ForAll("checks") String text) {
        Check check = Check.parse(text);
        assertThat(Check.parse(check.toString())).isEqualTo(check);
    }

    private static Verdict verdict(String check, BigDecimal candidate, BigDecimal baseline) {
        return GateEvaluator.evaluate(
                        Gate.of(null, List.of(check)),
                        Metrics.of(Map.of("m", candidate.doubleValue())),
                        Optional.of(Metrics.of(Map.of("m", baseline.doubleValue()))))
                .verdict();
    }

    @Property
    void comparesAsDecimalsDo(
            @ForAll @BigRange(min = "-10", max = "10") @Scale(4) BigDecimal candidate,
            @ForAll @BigRange(min = "-10", max = "10") @Scale(4) BigDecimal baseline,
            @ForAll @BigRange(min = "0", max = "1") @Scale(4) BigDecimal slack) {
        boolean holds = candidate.compareTo(baseline.subtract(slack)) >= 0;
        assertThat(verdict("m >= baseline - " + slack.toPlainString(), candidate, baseline))
                .isEqualTo(holds ? Verdict.PASSED : Verdict.FAILED);
    }

    @Property
    void aBetterValueIsNeverWorse(
            @ForAll("checks") String text,
            @ForAll @BigRange(min = "0", max = "1") @Scale(3) BigDecimal value,
            @ForAll @BigRange(min = "0", max = "1") @Scale(3) BigDecimal gain) {
        String check = "m " + (text.contains("<") ? "<=" : ">=") + " baseline - 5%";
        boolean upward = check.contains(">=");
        BigDecimal better = upward ? value.add(gain) : value.subtract(gain);
        BigDecimal baseline = new BigDecimal("0.5");
        if (verdict(check, value, baseline) == Verdict.PASSED) {
            assertThat(verdict(check, better, baseline)).isEqualTo(Verdict.PASSED);
        }
    }

    @Property(tries = 200)
    void theOrderOfMetricsDoesNotMatter(@ForAll long seed) {
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            metrics.add(Metric.of("m" + i, i / 20.0));
        }
        List<Metric> shuffled = new ArrayList<>(metrics);
        Collections.shuffle(shuffled, new Random(seed));
        Gate gate = Gate.of("g", List.of("m3 >= 0.1", "m7 >= 0.9", "m19 <= 1"));
        assertThat(GateEvaluator.evaluate(gate, Metrics.of(shuffled), Optional.empty()))
                .isEqualTo(GateEvaluator.evaluate(gate, Metrics.of(metrics), Optional.empty()));
    }
}
