package io.jenkins.plugins.modeldelivery.ui.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.history.Admission;
import java.util.List;
import java.util.stream.StreamSupport;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a version came by an alias, or did not. */
@ExportedBean(defaultVisibility = 2)
public final class AdmissionView {
    private final Admission admission;

    AdmissionView(Admission admission) {
        this.admission = admission;
    }

    @Exported
    public Said getSaid() {
        return Said.of(admission.outcome());
    }

    @Exported
    public String getRequester() {
        return admission.requester();
    }

    /** Null if no policy decided. */
    @Exported
    public String getPolicyDigest() {
        return admission.policyDigest().orElse(null);
    }

    @Exported
    public List<Rule> getRules() {
        return StreamSupport.stream(admission.rules().spliterator(), false)
                .map(Rule::new)
                .toList();
    }

    @Exported
    public List<Said> getVotes() {
        return admission.votes().stream().map(Said::of).toList();
    }

    /** One rule of the policy. */
    @ExportedBean(defaultVisibility = 3)
    public static final class Rule {
        private final JsonNode rule;

        Rule(JsonNode rule) {
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

        public Mark getMark() {
            return switch (getOutcome()) {
                case "MET" -> Mark.good("met");
                case "UNMET" -> Mark.bad("not met");
                default -> Mark.unsure("approval needed");
            };
        }

        /** What was found, and what would be needed. */
        @Exported
        public String getText() {
            String needed = rule.path("needed").asText();
            return rule.path("text").asText() + (needed.isEmpty() ? "" : "; needed: " + needed);
        }
    }
}
