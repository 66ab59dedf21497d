package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A policy's decision as lines, one a rule. */
final class DecisionText {
    private DecisionText() {}

    static void print(JsonNode decision, PrintWriter out) {
        for (JsonNode rule : decision.path("rules")) {
            String needed = rule.path("needed").asText();
            out.printf(
                    "  %-16s %-16s %s%n",
                    rule.path("outcome")
                            .asText()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' '),
                    rule.path("rule").asText(),
                    rule.path("text").asText());
            if (!needed.isEmpty()) {
                out.printf("  %-16s %-16s → %s%n", "", "", needed);
            }
        }
        out.flush();
    }
}
