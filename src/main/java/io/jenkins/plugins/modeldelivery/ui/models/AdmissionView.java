package io.jenkins.plugins.modeldelivery.ui.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.history.Admission;
import java.util.List;
import java.util.stream.StreamSupport;

/** How a version came by an alias, or did not. */
public final class AdmissionView {
    private final Admission admission;

    AdmissionView(Admission admission) {
        this.admission = admission;
    }

    public Said getSaid() {
        return Said.of(admission.outcome());
    }

    public String getRequester() {
        return admission.requester();
    }

    /** Null if no policy decided. */
    public String getPolicyDigest() {
        return admission.policyDigest().orElse(null);
    }

    public List<Rule> getRules() {
        return StreamSupport.stream(admission.rules().spliterator(), false)
                .map(Rule::new)
                .toList();
    }

    public List<Said> getVotes() {
        return admission.votes().stream().map(Said::of).toList();
    }

    /** One rule of the policy. */
    public static final class Rule {
        private final JsonNode rule;

        Rule(JsonNode rule) {
            this.rule = rule;
        }

        public String getRule() {
            return rule.path("rule").asText();
        }

        public Mark getMark() {
            return switch (rule.path("outcome").asText()) {
                case "MET" -> Mark.good("met");
                case "UNMET" -> Mark.bad("not met");
                default -> Mark.unsure("approval needed");
            };
        }

        /** What was found, and what would be needed. */
        public String getText() {
            String needed = rule.path("needed").asText();
            return rule.path("text").asText() + (needed.isEmpty() ? "" : "; needed: " + needed);
        }
    }
}
