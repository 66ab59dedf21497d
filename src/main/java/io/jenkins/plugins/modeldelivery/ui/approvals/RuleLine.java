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

    /** A symbol that says the same. */
    public String getIcon() {
        return "symbol-"
                + switch (getOutcome()) {
                    case "MET" -> "checkmark-circle";
                    case "APPROVAL_NEEDED" -> "hourglass";
                    default -> "close-circle";
                }
                + "-outline plugin-ionicons-api";
    }

    /** A class of the style sheet. */
    public String getTone() {
        return "model-delivery-mark--"
                + switch (getOutcome()) {
                    case "MET" -> "good";
                    case "APPROVAL_NEEDED" -> "plain";
                    default -> "bad";
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
