package io.jenkins.plugins.modeldelivery.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One rule of a policy, with what met or missed it. */
@ExportedBean(defaultVisibility = 3)
public final class RuleLine {
    private final JsonNode rule;

    private RuleLine(JsonNode rule) {
        this.rule = rule;
    }

    /** @param rules as a decision has them; empty for what is no list */
    public static List<RuleLine> of(JsonNode rules) {
        return StreamSupport.stream(rules.spliterator(), false)
                .map(RuleLine::new)
                .toList();
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

    public StatusMark getMark() {
        return switch (getOutcome()) {
            case "MET" -> StatusMark.good("met");
            case "APPROVAL_NEEDED" -> StatusMark.waiting("approval needed");
            default -> StatusMark.bad("not met");
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
