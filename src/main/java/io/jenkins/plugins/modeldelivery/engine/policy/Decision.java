package io.jenkins.plugins.modeldelivery.engine.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.List;
import java.util.stream.Collectors;

/** What a policy says: every rule, met or not. */
public record Decision(List<RuleResult> rules) {
    public Decision {
        rules = List.copyOf(rules);
    }

    public boolean granted() {
        return rules.stream().allMatch(r -> r.outcome() == RuleResult.Outcome.MET);
    }

    /** Whether nothing but approvals is missing. */
    public boolean approvalNeeded() {
        return !granted() && rules.stream().noneMatch(r -> r.outcome() == RuleResult.Outcome.UNMET);
    }

    /** What is missing, in words; empty if nothing is. */
    public String unmet() {
        return rules.stream()
                .map(RuleResult::needed)
                .filter(needed -> !needed.isEmpty())
                .collect(Collectors.joining("; "));
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("granted", granted());
        json.put("approvalNeeded", approvalNeeded());
        ArrayNode array = json.putArray("rules");
        rules.forEach(rule -> array.add(rule.toJson()));
        return json;
    }
}
