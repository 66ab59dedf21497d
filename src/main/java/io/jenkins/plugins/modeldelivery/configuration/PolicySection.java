package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.util.List;
import java.util.Map;

/** The section {@code policies} of the policy file. */
public final class PolicySection {
    private final List<PolicyConfiguration> policies;

    PolicySection(List<PolicyConfiguration> policies) {
        this.policies = List.copyOf(policies);
    }

    /**
     * @param section policies by name; whether their gates exist is not asked here
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT with the place
     */
    public static PolicySection read(JsonNode section) {
        parse(section);
        return new PolicySection(section.properties().stream()
                .map(entry -> PolicyConfiguration.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** What {@link #read} reads. */
    public static ObjectNode write(List<PolicyConfiguration> policies) {
        ObjectNode section = Json.object();
        policies.forEach(policy -> section.set(policy.getName(), policy.json()));
        return section;
    }

    static Map<String, Policy> parse(JsonNode section) {
        ObjectNode document = Json.object();
        ObjectNode gates = document.putObject("gates");
        for (JsonNode policy : section) {
            for (JsonNode gate : policy.path("gates")) {
                gates.putObject(gate.asText()).putArray("checks").add("any >= 0");
            }
        }
        document.set("policies", section);
        return Rules.parse(document).policies();
    }

    List<PolicyConfiguration> policies() {
        return policies;
    }
}
