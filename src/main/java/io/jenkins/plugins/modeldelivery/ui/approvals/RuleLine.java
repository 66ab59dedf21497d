package io.jenkins.plugins.modeldelivery.ui.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One rule of a policy, with what met or missed it. */
@ExportedBean(defaultVisibility = 3)
public final class RuleLine {
    private final JsonNode rule;

    public RuleLine(JsonNode rule) {
        this.rule = rule;
    }

    @Exported
    public String getRule() {
        return rule.path("rule").asText();
    }

    /** {@code MET}, {@code UNMET} or {@code APPROVAL_NEEDED}. */
    @Exported
    public String getOutcome() {
        return rule.path("outcome").asText();
    }

    /** The outcome for people. */
    public String getOutcomeText() {
        return switch (getOutcome()) {
            case "MET" -> "met";
            case "APPROVAL_NEEDED" -> "approval needed";
            default -> "not met";
        };
    }

    /** What was found. */
    @Exported
    public String getText() {
        return rule.path("text").asText();
    }

    /** What is missing; empty if it is met. */
    @Exported
    public String getNeeded() {
        return rule.path("needed").asText();
    }
}
