package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate on files alone. */
class GateCommandTest {
    @TempDir
    Path directory;

    private CommandHome home;

    @BeforeEach
    void write() throws IOException {
        home = new CommandHome(directory);
        home.write("candidate.json", "{\"auc\": 0.85, \"n\": 10, \"bad\": NaN}");
        home.write("baseline.json", "{\"auc\": 0.80}");
        home.write("slices.csv", "metric,value,n,country\nauc,0.91,500,DE\nauc,0.70,12,LI\nauc,0.88,4000,\n");
        home.write("model-delivery.yaml", "gates:\n  tabular:\n    checks: [auc >= 0.9]\n");
    }

    private CommandHome.Ended gate(String metrics, String... options) {
        List<String> line =
                new ArrayList<>(List.of("gate", "--metrics", home.path(metrics).toString()));
        line.addAll(List.of(options));
        return home.run(line.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({
        "auc >= 0.85, 0, PASSED",
        "auc >= 0.86, 1, FAILED",
        "bad >= 0.1, 1, FAILED",
        "auc >= 0.8 with n >= 5, 4, INCONCLUSIVE",
        "auc >= baseline + 0.05, 0, PASSED"
    })
    void theVerdictIsTheExitStatus(String check, int status, String verdict) {
        CommandHome.Ended ended = gate(
                "candidate.json",
                "--baseline-metrics",
                home.path("baseline.json").toString(),
                "--check",
                check);
        assertThat(ended.status()).as(ended.all()).isEqualTo(status);
        assertThat(ended.out()).contains(verdict);
    }

    @Test
    void theReportAsJsonIsWhatTheDesignSays() {
        JsonNode report = gate(
                        "slices.csv",
                        "--check",
                        "auc{country=*} >= 0.80 with n >= 200",
                        "--check",
                        "auc >= baseline",
                        "--format",
                        "json")
                .json();
        assertThat(report.path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(report.path("gateDigest").asText()).matches("sha256:[0-9a-f]{64}");
        assertThat(report.has("model")).isFalse();
        JsonNode checks = report.path("checks");
        assertThat(checks).hasSize(3);
        assertThat(checks.path(0).path("slice").asText()).isEqualTo("{country=DE}");
        assertThat(checks.path(0).path("verdict").asText()).isEqualTo("PASSED");
        assertThat(checks.path(0).path("n").asLong()).isEqualTo(500);
        assertThat(checks.path(1).path("slice").asText()).isEqualTo("{country=LI}");
        assertThat(checks.path(1).path("verdict").asText()).isEqualTo("INCONCLUSIVE");
        assertThat(checks.path(2).path("reason").asText()).startsWith("no baseline");
        assertThat(checks.path(2).has("baseline")).isFalse();
    }

    @Test
    void whatIsAbsentIsAbsentAndNeverNaN() {
        CommandHome.Ended ended = gate("candidate.json", "--check", "bad >= 0.1", "--format", "json");
        assertThat(ended.out()).doesNotContain(": NaN");
        assertThat(ended.json().path("checks").path(0).has("value")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"pass, 0", "fail, 1", "inconclusive, 4"})
    void aMissingBaselineMeansWhatTheOptionSays(String meaning, int status) {
        assertThat(gate("candidate.json", "--check", "auc >= baseline", "--on-missing-baseline", meaning)
                        .status())
                .isEqualTo(status);
    }

    @Test
    void aMistakeInACheckIsMarkedUnderTheText() {
        CommandHome.Ended ended = gate("candidate.json", "--check", "auc => 0.85");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        List<String> lines = ended.err().lines().toList();
        int text = lines.indexOf(lines.stream()
                .filter(l -> l.contains("auc => 0.85"))
                .findFirst()
                .orElseThrow());
        assertThat(lines.get(text + 1).indexOf('^')).isEqualTo(lines.get(text).indexOf("=>"));
        assertThat(ended.err()).contains(">=");
    }

    @Test
    void anUnknownMetricIsFollowedByTheOneThatWasMeant() {
        CommandHome.Ended ended = gate("candidate.json", "--check", "acu >= 0.85");
        assertThat(ended.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(ended.out()).contains("Did you mean auc?");
    }

    @Test
    void aConfiguredGateIsFoundByName() {
        assertThat(gate("candidate.json", "--gate", "tabular").status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(gate("candidate.json", "--gate", "tabulr").err()).contains("tabular");
    }

    @Test
    void aGateWithoutChecksIsRefusedNeverPassed() {
        CommandHome.Ended ended = gate("candidate.json");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("check");
    }

    @Test
    void aMissingFileIsSaidInOneLine() {
        CommandHome.Ended ended = gate("nowhere.json", "--check", "auc > 0");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).startsWith("error: ").contains("nowhere.json").hasLineCount(1);
    }

    @Test
    void anErrorAsJsonIsAnObjectOnStandardOutput() {
        CommandHome.Ended ended = gate("nowhere.json", "--check", "auc > 0", "--format", "json");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.json().path("status").asText()).isEqualTo("error");
        assertThat(ended.json().path("message").asText()).contains("nowhere.json");
    }

    @Test
    void nothingIsWrittenAnywhere() {
        String before = home.snapshot();
        gate("candidate.json", "--check", "auc > 0");
        assertThat(home.snapshot()).isEqualTo(before);
    }

    /** A mapper of Jackson takes as long to make as all the rest of such a gate. */
    @Test
    void aGateOnFilesAloneMakesNoMapper(@TempDir Path empty) throws Exception {
        Path classes = directory.resolve("classes.txt");
        CommandProcess.Ended ended = new CommandProcess(
                        empty, Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes))
                .run("gate", "--metrics", home.path("candidate.json").toString(), "--check", "auc >= 0.85");
        assertThat(ended.status()).as(ended.err()).isZero();
        assertThat(Files.readString(classes))
                .contains("engine.gate.GateEvaluator ")
                .doesNotContain("databind.ObjectMapper ");
    }
}
