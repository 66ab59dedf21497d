package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Baselines that the configuration itself gives: files beside it, and numbers in it. */
class GateBaselineTest {
    private static final String FILE = "\"baseline\": {\"file\": \"base.json\"}";
    private static final String NUMBERS = "\"baseline\": {\"metrics\": {\"auc\": 0.8}}";
    private static final String BASE = "{\"auc\": 0.8}";

    private static JsonNode configuration(String baseline, String more, String check) {
        String text = "{\"gates\": {\"quality\": {" + baseline + more + ", \"checks\": [\"" + check + "\"]}}}";
        return Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "configuration");
    }

    private static Gate gate(String baseline, String more, String check, String file) {
        return Rules.parse(configuration(baseline, more, check), path -> file.getBytes(StandardCharsets.UTF_8))
                .gates()
                .get("quality");
    }

    @ParameterizedTest
    @ValueSource(strings = {FILE, NUMBERS})
    void aMetricThatTheBaselineLacksDoesNotPassUnseen(String baseline) {
        for (String more : new String[] {"", ", \"onMissingBaseline\": \"pass\""}) {
            assertThatThrownBy(() -> gate(baseline, more, "f1 >= baseline - 0.01", BASE))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                    .hasMessageStartingWith("In the configuration, gates.quality.baseline: ")
                    .hasMessageContaining(" has no metric f1, so the check f1 >= baseline - 0.01 could never fail.");
        }
        assertThat(gate(baseline, "", "f1 >= 0.5", BASE).checks()).hasSize(1);
        assertThat(gate(baseline, "", "auc >= baseline", BASE).checks()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"fail,FAILED", "inconclusive,INCONCLUSIVE"})
    void orTheGateSaysWhatItMeans(String meaning, Verdict verdict) {
        Gate gate = gate(FILE, ", \"onMissingBaseline\": \"" + meaning + "\"", "f1 >= baseline", BASE);
        GateReport report = GateEvaluator.evaluate(
                gate,
                Metrics.of(Map.of("f1", 0.9)),
                gate.baseline().orElseThrow().numbers());
        assertThat(report.verdict()).isEqualTo(verdict);
        assertThat(report.checks().get(0).reason())
                .isEqualTo("no baseline: the baseline file base.json has no metric f1.");
    }

    @Test
    void theContentOfAFileCountsForTheGatesDigest() {
        String digest = gate(FILE, "", "auc >= baseline", BASE).digest();
        assertThat(gate(FILE, "", "auc >= baseline", BASE).digest()).isEqualTo(digest);
        assertThat(gate(FILE, "", "auc >= baseline", "{\"auc\": 0.7}").digest()).isNotEqualTo(digest);
        assertThat(gate("\"baseline\": {\"file\": \"other.json\"}", "", "auc >= baseline", BASE)
                        .digest())
                .isNotEqualTo(digest);
        assertThat(Rules.parse(configuration(FILE, "", "auc >= baseline"))
                        .gates()
                        .get("quality")
                        .digest())
                .isNotEqualTo(digest);
    }

    @Test
    void aFileThatIsWrongIsNamedWithItsPlace() {
        assertThatThrownBy(() -> gate(FILE, "", "auc >= baseline", "{\"auc\": \"high\"}"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("In the configuration, gates.quality.baseline.file: ")
                .hasMessageContaining("base.json, line 1");
        assertThatThrownBy(() -> Rules.parse(configuration(FILE, "", "auc >= baseline"), path -> {
                    throw ErrorKind.LOCAL_IO.error("Cannot read " + path);
                }))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCAL_IO))
                .hasMessage("In the configuration, gates.quality.baseline.file: Cannot read base.json");
    }
}
