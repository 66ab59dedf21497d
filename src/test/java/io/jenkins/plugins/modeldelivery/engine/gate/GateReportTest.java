package io.jenkins.plugins.modeldelivery.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Slice;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a report looks like, to people and as JSON. */
class GateReportTest {
    private static final Metrics NUMBERS = Metrics.of(List.of(
            metric("auc", 0.871, Map.of()),
            metric("auc", 0.79, Map.of("city", "New York\ngate         PASSED")),
            metric("psnr", Double.POSITIVE_INFINITY, Map.of()),
            metric("huge", 1e308, Map.of())));

    private static Metric metric(String name, double value, Map<String, String> slice) {
        return new Metric(
                name,
                Slice.of(slice),
                value,
                OptionalLong.of(500),
                OptionalDouble.empty(),
                List.of(),
                Optional.empty());
    }

    private static GateReport report(Optional<Metrics> baseline, String... checks) {
        return GateEvaluator.evaluate(Gate.of("tabular", List.of(checks)), NUMBERS, baseline)
                .forModel("churn/7");
    }

    private static GateReport readBack(GateReport report) {
        byte[] text = Json.text(report.toJson()).getBytes(StandardCharsets.UTF_8);
        return GateReport.fromJson(Json.read(text, Problem.CORRUPT, "The report"));
    }

    @Test
    void readsBackFromItsText() {
        GateReport report =
                report(Optional.of(NUMBERS), "auc >= 0.85", "auc{city=*} >= baseline", "psnr >= 30", "f1 >= 0.5");
        assertThat(readBack(report))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(report);
        assertThat(report.model()).contains("churn/7");
        assertThat(report.gate()).contains("tabular");
    }

    @Test
    void numbersThatNoDoubleHoldsAreLeftOut() {
        GateReport report = report(Optional.of(NUMBERS), "huge <= baseline * 1e300");
        CheckResult result = report.checks().get(0);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.value()).hasValueSatisfying(value -> assertThat(value).isEqualByComparingTo("1e308"));
        assertThat(result.bound()).isEmpty();
        assertThat(result.margin()).isEmpty();
        assertThat(readBack(report)).isEqualTo(report);
    }

    @Test
    void aReportOfAnotherWriterWithSuchNumbersIsReadWithoutThem() {
        String text = "{\"verdict\": \"PASSED\", \"gateDigest\": \"sha256:0\", \"checks\": [{\"check\": \"m >= 0\","
                + " \"metric\": \"m\", \"value\": 1e999, \"margin\": -1e999, \"bound\": \"0\", \"n\": 5,"
                + " \"verdict\": \"PASSED\", \"reason\": \"so\"}]}";
        JsonNode json = Json.read(text.getBytes(StandardCharsets.UTF_8), Problem.CORRUPT, "The report");
        assertThat(GateReport.fromJson(json).checks())
                .containsExactly(new CheckResult(
                        "m >= 0",
                        "m",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(5),
                        Verdict.PASSED,
                        "so"));
    }

    @Test
    void aMarginHasNoMoreDigitsThanAnybodyReads() {
        CheckResult result = report(Optional.empty(), "huge >= 30.5").checks().get(0);
        assertThat(result.margin().orElseThrow().precision()).isLessThanOrEqualTo(34);
        assertThat(Json.text(result.toJson())).contains("\"margin\":1").hasSizeLessThan(300);
        assertThat(result.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(result.margin().orElseThrow()).isGreaterThan(BigDecimal.ZERO);
    }

    @Test
    void asTextHasAlignedLinesAndTheReasonsOfWhatDidNotPass() {
        assertThat(GateReportText.render(
                        report(Optional.of(NUMBERS), "auc >= 0.85", "auc{city=*} >= 0.8", "psnr >= 30"), false))
                .isEqualTo("""
                          check                                               value   baseline     margin  verdict
                          auc >= 0.85                                         0.871      0.871      0.021  PASSED
                          auc{city=*} >= 0.8  {city="New York gate             0.79       0.79      -0.01  FAILED
                          PASSED"}
                              0.79 is not >= 0.8.
                          psnr >= 30                                                                       FAILED
                              The candidate's value is Infinity, which is no finite number.
                        gate         tabular: FAILED
                        """);
    }

    @Test
    void coloursTheVerdictsOnly() {
        String plain = GateReportText.render(report(Optional.empty(), "auc >= 0.85", "auc >= baseline"), false);
        String coloured = GateReportText.render(report(Optional.empty(), "auc >= 0.85", "psnr >= 1"), true);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[32mPASSED\u001b[0m").contains("\u001b[31mFAILED\u001b[0m");
    }
}
