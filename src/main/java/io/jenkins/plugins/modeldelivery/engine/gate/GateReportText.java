package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report for people: one aligned line a check, its reason under it where it did not pass. At most 100 columns. */
public final class GateReportText {
    private static final int WIDTH = 100;
    private static final int CHECK = 46;
    private static final int LONGEST = 4000;

    private GateReportText() {}

    /** @param colour adds colour to the verdicts, which are words in any case */
    public static String render(GateReport report, boolean colour) {
        StringBuilder text = new StringBuilder();
        text.append(line("check", "value", "baseline", "margin", "verdict"));
        for (CheckResult check : report.checks()) {
            String name = check.check() + check.slice().map(s -> "  " + s).orElse("");
            List<String> pieces = pieces(name, CHECK);
            text.append(line(
                    pieces.get(0),
                    number(check.value()),
                    number(check.baseline()),
                    number(check.margin()),
                    paint(check.verdict(), colour)));
            pieces.stream()
                    .skip(1)
                    .forEach(piece -> text.append("  ").append(piece).append('\n'));
            boolean telling =
                    check.verdict() != Verdict.PASSED || check.reason().startsWith("no baseline");
            if (telling) {
                pieces(check.reason(), WIDTH - 6)
                        .forEach(piece -> text.append("      ").append(piece).append('\n'));
            }
        }
        text.append("gate         ")
                .append(report.gate().map(g -> g + ": ").orElse(""))
                .append(paint(report.verdict(), colour))
                .append('\n');
        return text.toString();
    }

    private static String line(String check, String value, String baseline, String margin, String verdict) {
        return String.format("  %-" + CHECK + "s %10s %10s %10s  %s", check, value, baseline, margin, verdict)
                        .stripTrailing()
                + "\n";
    }

    private static String number(Optional<BigDecimal> number) {
        return number.map(CheckResult::text).orElse("");
    }

    private static String paint(Verdict verdict, boolean colour) {
        if (!colour) {
            return verdict.name();
        }
        int code = switch (verdict) {
            case PASSED -> 32;
            case FAILED -> 31;
            case INCONCLUSIVE -> 33;
        };
        return "\u001b[" + code + "m" + verdict.name() + "\u001b[0m";
    }

    /** No name or value from a file breaks a line. */
    private static List<String> pieces(String text, int width) {
        List<String> pieces = new ArrayList<>();
        String rest = TextSanitizer.brief(text, LONGEST);
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = blank > 0 ? blank : width;
            pieces.add(rest.substring(0, cut));
            rest = rest.substring(cut).strip();
        }
        pieces.add(rest);
        return pieces;
    }
}
