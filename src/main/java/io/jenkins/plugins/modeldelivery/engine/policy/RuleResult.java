package io.jenkins.plugins.modeldelivery.engine.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;

/**
 * How one rule ended.
 *
 * @param rule its name in the policy
 * @param text what was found
 * @param needed what would be needed, empty if it is met
 */
public record RuleResult(String rule, Outcome outcome, String text, String needed) {
    public enum Outcome {
        MET,
        UNMET,
        APPROVAL_NEEDED
    }

    static RuleResult met(String rule, String text) {
        return new RuleResult(rule, Outcome.MET, text, "");
    }

    static RuleResult unmet(String rule, String text, String needed) {
        return new RuleResult(rule, Outcome.UNMET, text, needed);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("rule", rule);
        json.put("outcome", outcome.name());
        json.put("text", text);
        if (!needed.isEmpty()) {
            json.put("needed", needed);
        }
        return json;
    }
}
