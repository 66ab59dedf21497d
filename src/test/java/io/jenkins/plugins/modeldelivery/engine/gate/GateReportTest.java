package io.jenkins.plugins.modeldelivery.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        return GateReport.fromJson(Json.read(text, ErrorKind.CORRUPT, "The report"));
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
        JsonNode json = Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.CORRUPT, "The report");
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
                              The candidate's value is Infinity, which is not a finite number.
                        gate         tabular: FAILED
                        """);
    }

    private static String reason(String check, Metrics candidate, Optional<Metrics> baseline) {
        List<CheckResult> results = GateEvaluator.evaluate(Gate.of(null, List.of(check)), candidate, baseline)
                .checks();
        return results.get(results.size() - 1).reason();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            m >= 0.5                                   | 0.9 is >= 0.5.
            m < 0.5                                    | 0.9 is not < 0.5.
            m >= 0.5 with confidence 95%               | The lower 95% limit, 0.883551, is >= 0.5.
            m <= 0.5 with confidence 95%               | The upper 95% limit, 0.916449, is not <= 0.5.
            m >= baseline with confidence 90%          | The lower 90% limit of the difference, 0.0818761, is >= 0.
            m <= baseline - 1% with confidence 90%     | The upper 90% limit of the difference, 0.118124, is not <= -0.008.
            m == 0.9 with confidence 95%               | A confidence limit cannot show that two numbers are equal.
            f1 >= 0.5                                  | The candidate has no metric f1.
            m{k=*} >= 0.5                              | The candidate has no slice of m that matches {k=*}.
            min(sliced{k=*}) >= baseline               | no baseline: the baseline has no metric sliced.
            bare >= 0.5 with confidence 95%            | No data for a confidence limit. Give stderr, values of folds, or n for a proportion.
            bare >= baseline with confidence 95%       | No data for a confidence limit. Give stderr, values of folds, or n for a proportion, for candidate and baseline.
            """)
    void theReasonSaysWhatWasCompared(String check, String reason) {
        Metric bare = Metric.of("bare", 0.9).withDataset(Optional.of("d"));
        Metrics candidate = Metrics.of(List.of(exact(0.9), metric("sliced", 0.9, Map.of("k", "a")), bare));
        Metrics baseline = Metrics.of(List.of(exact(0.8), bare));
        assertThat(reason(check, candidate, Optional.of(baseline))).isEqualTo(reason);
    }

    private static Metric exact(double value) {
        return new Metric(
                "m", Slice.ALL, value, OptionalLong.empty(), OptionalDouble.of(0.01), List.of(), Optional.of("d"));
    }

    @ParameterizedTest
    @CsvSource({
        "0.123456789, 0.123457",
        "1234567.8, 1234570",
        "1.5e-7, 0.00000015",
        "1e-12, 0.000000000001",
        "1e-13, 1E-13",
        "1e12, 1000000000000",
        "1e13, 1E+13"
    })
    void numbersInSentencesHaveSixDigits(double value, String text) {
        assertThat(reason("m >= 0", Metrics.of(Map.of("m", value)), Optional.empty()))
                .isEqualTo(text + " is >= 0.");
    }

    /** The name of a metric, with quotes, that makes a check of this many characters. */
    private static String lineOf(int length, String inside) {
        String name = inside + "x".repeat(length - inside.length() - " >= 0".length());
        return GateReportText.render(
                        GateEvaluator.evaluate(
                                Gate.of(null, List.of(name + " >= 0")),
                                Metrics.of(Map.of(name, 1.0)),
                                Optional.empty()),
                        false)
                .lines()
                .skip(1)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aLongCheckIsBrokenAtABlankOrWhereItMust() {
        assertThat(lineOf(46, "m"))
                .startsWith("  m" + "x".repeat(40) + " >= 0          1")
                .doesNotContain("\n  >=");
        assertThat(lineOf(47, "m")).startsWith("  m" + "x".repeat(41) + " >=").contains("\n  0\n");
        assertThat(lineOf(60, "m"))
                .startsWith("  m" + "x".repeat(45) + "  ")
                .contains("\n  " + "x".repeat(9) + " >= 0\n");
    }

    @Test
    void coloursTheVerdictsOnly() {
        String plain = GateReportText.render(report(Optional.empty(), "auc >= 0.85", "auc >= baseline"), false);
        String coloured = GateReportText.render(
                report(Optional.empty(), "auc >= 0.85", "psnr >= 1", "auc >= 0.85 with n >= 501"), true);
        assertThat(plain).doesNotContain("\u001b");
        assertThat(coloured).contains("\u001b[32mPASSED\u001b[0m").contains("\u001b[31mFAILED\u001b[0m");
    }
}
