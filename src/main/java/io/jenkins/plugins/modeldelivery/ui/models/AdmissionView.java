package io.jenkins.plugins.modeldelivery.ui.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.history.Admission;
import io.jenkins.plugins.modeldelivery.engine.history.Details;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.List;
import java.util.stream.StreamSupport;

/** How a version came by an alias, or did not. */
public final class AdmissionView {
    private final Admission admission;

    AdmissionView(Admission admission) {
        this.admission = admission;
    }

    public Said getSaid() {
        Event outcome = admission.outcome();
        return new Said(
                Words.of(outcome)
                        + admission
                                .policy()
                                .map(policy -> ", under the policy " + policy)
                                .orElse(""),
                outcome);
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
        return admission.votes().stream()
                .map(vote -> new Said(
                        (vote.draft().type().equals("approved") ? "Approved by " : "Refused by ")
                                + Details.text(vote, "by").orElse("")
                                + (vote.draft().details().path("override").asBoolean()
                                        ? ", as an administrator's override"
                                        : ""),
                        vote))
                .toList();
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

        public String getOutcome() {
            return Verdicts.text(rule.path("outcome").asText());
        }

        public String getIcon() {
            return Verdicts.icon(rule.path("outcome").asText());
        }

        /** What was found, and what would be needed. */
        public String getText() {
            String needed = rule.path("needed").asText();
            return rule.path("text").asText() + (needed.isEmpty() ? "" : "; needed: " + needed);
        }
    }
}
