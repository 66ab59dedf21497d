package io.jenkins.plugins.modeldelivery.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** A policy's decision as lines, one a rule. */
public final class DecisionText {
    private static final int[] WIDTHS = {18, 24, 58};

    private DecisionText() {}

    public static void print(JsonNode decision, PrintWriter out) {
        for (JsonNode rule : decision.path("rules")) {
            String needed = rule.path("needed").asText();
            String outcome =
                    rule.path("outcome").asText().toLowerCase(Locale.ROOT).replace('_', ' ');
            out.println(TextLayout.row(
                    WIDTHS,
                    "  " + outcome,
                    rule.path("rule").asText(),
                    rule.path("text").asText()));
            if (!needed.isEmpty()) {
                out.println(TextLayout.row(WIDTHS, "", "", "→ " + needed));
            }
        }
        out.flush();
    }
}
