package io.jenkins.plugins.modeldelivery.engine.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of gates, row by row. */
class GateVectorsTest {
    private static final int AT_LEAST = 350;
    private static final BigDecimal CLOSE = new BigDecimal("1e-9");
    private static final String UNKNOWN_DATA = "It is unknown whether both were measured on the same dataset.";

    /** How our reports say what the vectors call by a word. */
    private static final Map<String, String> WHY = Map.ofEntries(
            Map.entry("compared", "\\S+ is (not )?(>=|>|<=|<|==) \\S+\\.( " + UNKNOWN_DATA + ")?"),
            Map.entry("compared-same-data", "\\S+ is (not )?(>=|>|<=|<|==) \\S+\\."),
            Map.entry("compared-unknown-data", "\\S+ is (not )?(>=|>|<=|<|==) \\S+\\. " + UNKNOWN_DATA),
            Map.entry(
                    "failed-anyway",
                    "\\S+ is not (>=|>|<=|<) \\S+\\. Slices with too few examples cannot change that\\." + "( "
                            + UNKNOWN_DATA + ")?"),
            Map.entry(
                    "limit",
                    "The (lower|upper) [0-9.]+% limit( of the difference)?, \\S+, is (not )?(>=|>|<=|<) \\S+\\..*"),
            Map.entry("no-number", ".*which is not a finite number\\..*"),
            Map.entry("missing", "The candidate has no (metric|slice) .*"),
            Map.entry("not-the-mean", ".*the mean of .* values is .*"),
            Map.entry("vanished", "There is no baseline now: .*"),
            Map.entry("no-baseline", "(\\{.*}: )?no baseline: .*"),
            Map.entry("lost-slice", "The candidate lacks this slice of the baseline\\."),
            Map.entry("too-few", ".*(examples? (are|is) too few|number of examples is unknown).*"),
            Map.entry("different-data", ".*measured on different datasets.*"),
            Map.entry(
                    "no-limit",
                    "(No data for a confidence limit|There is no confidence limit|A confidence limit cannot).*"));

    static Stream<Named<JsonNode>> rows() throws IOException {
        return GateVectors.rows().stream()
                .map(row -> Named.of(
                        row.path("id").asText() + ": " + row.path("title").asText(), row));
    }

    @Test
    void thereAreEnoughAndEachHasANameOfItsOwn() throws IOException {
        List<String> ids =
                GateVectors.rows().stream().map(row -> row.path("id").asText()).toList();
        assertThat(ids)
                .hasSizeGreaterThanOrEqualTo(AT_LEAST)
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decidesAsTheRowSays(JsonNode row) {
        if (row.path("expect").has("error")) {
            assertRefused(row);
            return;
        }
        GateReport report = evaluate(row);
        JsonNode expected = row.path("expect");
        assertPlain(report);
        assertThat(report.checks()).as(report.toString()).hasSameSizeAs(expected.path("checks"));
        for (int i = 0; i < report.checks().size(); i++) {
            assertResult(report.checks().get(i), expected.path("checks").path(i));
        }
        assertThat(report.verdict().name()).isEqualTo(expected.path("verdict").asText());
        assertThat(GateReport.fromJson(report.toJson())).isEqualTo(report);
    }

    private static GateReport evaluate(JsonNode row) {
        return GateEvaluator.evaluate(GateVectors.gate(row), GateVectors.candidate(row), GateVectors.baseline(row));
    }

    /** For all numbers: the report can be read back, and no number is as long as a line. */
    private static void assertPlain(GateReport report) {
        for (CheckResult result : report.checks()) {
            Check check = Check.parse(result.check());
            assertThat(Check.parse(check.toString())).isEqualTo(check);
            assertThat(result.toJson().toString()).doesNotContainPattern("[0-9]{45}");
            assertThat(result.reason()).doesNotContainPattern("[0-9]{45}");
        }
    }

    private static void assertResult(CheckResult result, JsonNode expected) {
        assertThat(result.verdict().name())
                .as(result.reason())
                .isEqualTo(expected.path("verdict").asText());
        assertThat(WHY).containsKey(expected.path("why").asText());
        assertThat(result.reason()).matches(WHY.get(expected.path("why").asText()));
        expected.path("contains").forEach(part -> assertThat(result.reason()).contains(part.asText()));
        if (expected.has("slice")) {
            assertThat(result.slice()).contains(expected.path("slice").asText());
        }
        if (expected.has("bound")) {
            assertThat(result.bound().orElseThrow())
                    .isEqualByComparingTo(expected.path("bound").decimalValue());
        }
        if (expected.has("margin")) {
            BigDecimal tolerance = expected.has("limit") ? CLOSE : BigDecimal.ZERO;
            assertThat(result.margin().orElseThrow())
                    .isCloseTo(expected.path("margin").decimalValue(), within(tolerance));
        }
    }

    private static void assertRefused(JsonNode row) {
        JsonNode error = row.path("expect").path("error");
        DeliveryException thrown = catchThrowableOfType(DeliveryException.class, () -> evaluate(row));
        assertThat(thrown).isNotNull();
        assertThat(thrown.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
        error.path("contains").forEach(part -> assertThat(thrown).hasMessageContaining(part.asText()));
        if (error.has("position")) {
            List<String> lines = thrown.getMessage().lines().toList();
            String marker = lines.stream()
                    .filter(l -> l.strip().equals("^"))
                    .findFirst()
                    .orElseThrow();
            assertThat(marker.indexOf('^') - 2)
                    .as(thrown.getMessage())
                    .isEqualTo(error.path("position").asInt());
        }
    }
}
