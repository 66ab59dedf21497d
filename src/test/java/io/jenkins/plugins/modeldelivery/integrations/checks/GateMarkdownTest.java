package io.jenkins.plugins.modeldelivery.integrations.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of a check, which come from metrics files and policies and are read by others. */
class GateMarkdownTest {
    private static final String HOSTILE = "<b>a|b</b> `c` @all #1 [x](http://evil) *d* _e_ \\| ~f~ &amp;\n# g";

    private static CheckResult check(String text, Verdict verdict, String reason) {
        return new CheckResult(
                text,
                "auc",
                Optional.empty(),
                Optional.of(new BigDecimal("0.910")),
                Optional.empty(),
                Optional.of(new BigDecimal("0.9")),
                Optional.of(new BigDecimal("0.010")),
                OptionalLong.empty(),
                verdict,
                reason);
    }

    private static GateMarkdown of(Verdict verdict, CheckResult... checks) {
        return new GateMarkdown(new GateReport(
                verdict, Optional.of("churn/7"), Optional.of("tabular"), "sha256:1", Arrays.asList(checks)));
    }

    @Test
    void theNameSaysWhichGateAndWhichModelButNotWhichVersion() {
        assertThat(of(Verdict.PASSED).name()).isEqualTo("Model gate: tabular / churn");
        assertThat(new GateMarkdown(new GateReport(
                                Verdict.PASSED, Optional.of("churn/7"), Optional.empty(), "sha256:1", List.of()))
                        .name())
                .isEqualTo("Model gate: churn");
    }

    @Test
    void eachCheckIsARowAndWhatDidNotPassComesFirst() {
        GateMarkdown text = of(
                Verdict.FAILED,
                check("auc >= 0.9", Verdict.PASSED, "0.910 is enough"),
                check("f1 >= 0.9", Verdict.INCONCLUSIVE, "too few examples"),
                check("acc >= 0.9", Verdict.FAILED, "too low"));
        assertThat(text.table().lines().skip(2))
                .containsExactly(
                        "| acc &#62;&#61; 0.9 |  | 0.910 |  | 0.9 | 0.010 | FAILED | too low |",
                        "| f1 &#62;&#61; 0.9 |  | 0.910 |  | 0.9 | 0.010 | INCONCLUSIVE | too few examples |",
                        "| auc &#62;&#61; 0.9 |  | 0.910 |  | 0.9 | 0.010 | PASSED | 0.910 is enough |");
        assertThat(text.title()).isEqualTo("FAILED: 1 of 3 checks passed");
        assertThat(text.summary())
                .isEqualTo("**FAILED** for churn&#47;7: 1 passed, 1 failed, 1 inconclusive.\n\n"
                        + "Gate digest: `sha256:1`\n");
    }

    @Test
    void foreignTextIsShownAndDoesNothing() {
        String row = of(Verdict.PASSED, check(HOSTILE, Verdict.PASSED, HOSTILE))
                .table()
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow();
        assertThat(row.chars().filter(c -> c == '|').count()).isEqualTo(9);
        assertThat(row).doesNotContain("<", "`", "@", "[", "]", "*", "_", "\\", "~", ":", "/");
        assertThat(row).contains("&#64;&#8203;all", "&#35;&#8203;1", "&#60;b&#62;a&#124;b");
    }

    @Test
    void tenThousandChecksAreCutWithALineThatSaysSo() {
        CheckResult[] many = IntStream.range(0, 10_000)
                .mapToObj(i -> check("auc{country=漢" + i + "} >= 0.9", Verdict.PASSED, "enough"))
                .toArray(CheckResult[]::new);
        String table = of(Verdict.PASSED, many).table();
        assertThat(table.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(60_000, GateMarkdown.LONGEST);
        long shown = table.lines().filter(line -> line.contains("country")).count();
        assertThat(table)
                .endsWith("|\n\n" + (10_000 - shown) + " more checks. The page of the build shows all of them.\n");
    }

    @Test
    void aNameOfAnyLengthIsCut() {
        assertThat(new GateMarkdown(new GateReport(
                                Verdict.PASSED,
                                Optional.of("m".repeat(1000) + "/7"),
                                Optional.empty(),
                                "sha256:1",
                                List.of()))
                        .name())
                .hasSize(200)
                .endsWith("…");
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, SUCCESS, SUCCESS",
        "PASSED, FAILURE, SUCCESS",
        "FAILED, FAILURE, FAILURE",
        "FAILED, UNSTABLE, FAILURE",
        "FAILED, SUCCESS, NEUTRAL",
        "INCONCLUSIVE, FAILURE, FAILURE",
        "INCONCLUSIVE, UNSTABLE, NEUTRAL",
        "INCONCLUSIVE, SUCCESS, NEUTRAL"
    })
    void onlyWhatTheGateLetsGoOnIsNeutral(Verdict verdict, Outcome.Effect effect, String conclusion) {
        assertThat(GateChecks.conclusion(verdict, effect)).hasToString(conclusion);
    }
}
