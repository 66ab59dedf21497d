package io.jenkins.plugins.modeldelivery.integrations.checks;

import io.jenkins.plugins.modeldelivery.engine.export.MarkdownText;
import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A gate's report as the texts of a check, whose table is Markdown. */
final class GateMarkdown {
    /** What GitHub takes, in characters; counted in bytes here, which are never fewer. */
    static final int LONGEST = 65_535;

    /** Enough to say how much is left out. */
    private static final int LAST_LINE = 200;

    private static final int NAME = 200;
    private static final int CELL = 500;

    private static final String HEAD = "| Check | Slice | Value | Baseline | Bound | Margin | Verdict | Reason |\n"
            + "| :-- | :-- | --: | --: | --: | --: | :-- | :-- |\n";

    private final GateReport report;

    GateMarkdown(GateReport report) {
        this.report = report;
    }

    /** The same for all versions of a model, so that a later gate of the same commit takes the place of this one. */
    String name() {
        String model = report.model().map(text -> ModelRef.parse(text).name()).orElse("");
        String about = Stream.of(report.gate().orElse(""), model)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" / "));
        return TextSanitizer.brief("Model gate: " + about, NAME);
    }

    /** Plain text. */
    String title() {
        return report.verdict() + ": " + count(Verdict.PASSED) + " of "
                + report.checks().size() + " checks passed";
    }

    String summary() {
        StringBuilder text = new StringBuilder("**").append(report.verdict()).append("**");
        report.model().ifPresent(model -> text.append(" for ").append(MarkdownText.of(model, NAME)));
        text.append(": ").append(count(Verdict.PASSED)).append(" passed, ");
        text.append(count(Verdict.FAILED)).append(" failed, ");
        text.append(count(Verdict.INCONCLUSIVE)).append(" inconclusive.\n\nGate digest: `");
        return text.append(TextSanitizer.brief(report.gateDigest(), NAME))
                .append("`\n")
                .toString();
    }

    private long count(Verdict verdict) {
        return report.checks().stream()
                .filter(check -> check.verdict() == verdict)
                .count();
    }

    /** What did not pass first, so that it is what is left if there is not enough room for all. */
    String table() {
        List<CheckResult> sorted = report.checks().stream()
                .sorted(Comparator.comparingInt(check -> rank(check.verdict())))
                .toList();
        StringBuilder text = new StringBuilder(HEAD);
        int size = bytes(HEAD);
        for (int i = 0; i < sorted.size(); i++) {
            String row = row(sorted.get(i));
            size += bytes(row);
            if (size > LONGEST - LAST_LINE) {
                return text.append("\n")
                        .append(sorted.size() - i)
                        .append(" more checks. The page of the build shows all of them.\n")
                        .toString();
            }
            text.append(row);
        }
        return text.toString();
    }

    private static int rank(Verdict verdict) {
        return switch (verdict) {
            case FAILED -> 0;
            case INCONCLUSIVE -> 1;
            case PASSED -> 2;
        };
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String row(CheckResult check) {
        return Stream.of(
                        MarkdownText.of(check.check(), CELL),
                        MarkdownText.of(check.slice().orElse(""), CELL),
                        number(check.value()),
                        number(check.baseline()),
                        number(check.bound()),
                        number(check.margin()),
                        check.verdict().name(),
                        MarkdownText.of(check.reason(), CELL))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** As it was compared, not rounded. */
    private static String number(Optional<BigDecimal> number) {
        return number.map(BigDecimal::toString).orElse("");
    }
}
