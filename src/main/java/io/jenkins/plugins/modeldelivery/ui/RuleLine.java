package io.jenkins.plugins.modeldelivery.ui;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * One rule of a policy, with what met or missed it.
 *
 * @param outcome {@code MET}, {@code UNMET} or {@code APPROVAL_NEEDED}
 * @param text what was found
 * @param needed what is missing; empty if it is met
 */
@ExportedBean(defaultVisibility = 3)
public record RuleLine(
        @Exported String rule,
        @Exported String outcome,
        @Exported String text,
        @Exported String needed) {
    /** @param rules as a decision has them; empty for what is no list */
    public static List<RuleLine> of(JsonNode rules) {
        return StreamSupport.stream(rules.spliterator(), false)
                .map(rule -> new RuleLine(
                        rule.path("rule").asText(),
                        rule.path("outcome").asText(),
                        rule.path("text").asText(),
                        rule.path("needed").asText()))
                .toList();
    }

    public StatusMark getMark() {
        return switch (outcome) {
            case "MET" -> StatusMark.good("met");
            case "APPROVAL_NEEDED" -> StatusMark.waiting(Messages.RuleLine_approvalNeeded());
            default -> StatusMark.bad(Messages.RuleLine_notMet());
        };
    }
}
