package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.List;
import java.util.stream.StreamSupport;

/** Gates and policies as {@code model-delivery.yaml} has them, by name, for the configuration of a test. */
public final class JsonRules {
    private JsonRules() {}

    public static List<GateConfiguration> gates(JsonNode section) {
        return section.properties().stream()
                .map(entry -> gate(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static GateConfiguration gate(String name, JsonNode json) {
        GateConfiguration gate = new GateConfiguration(name);
        JsonNode baseline = json.path("baseline");
        gate.setBaseline(baseline.isObject() ? Json.text(baseline) : baseline.asText());
        gate.setOnMissingBaseline(json.path("onMissingBaseline").asText("pass"));
        gate.setSameDataset(json.path("sameDataset").asBoolean(true));
        gate.setChecks(list(json, "checks"));
        return gate;
    }

    public static List<PolicyConfiguration> policies(JsonNode section) {
        return section.properties().stream()
                .map(entry -> policy(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static PolicyConfiguration policy(String name, JsonNode json) {
        PolicyConfiguration policy =
                new PolicyConfiguration(name, json.path("alias").asText());
        policy.setFrom(list(json, "from"));
        policy.setGates(list(json, "gates"));
        policy.setEvidenceFrom(list(json, "evidenceFrom"));
        policy.setRegisteredNumbers(json.path("metricsFrom").asText().equals("registration"));
        policy.setMaxEvidenceAge(json.path("maxEvidenceAge").asText());
        policy.setRequiredTags(list(json, "requiredTags"));
        policy.setRegisteredBy(list(json, "registeredBy"));
        policy.setRepositories(list(json, "repositories"));
        policy.setBranches(list(json, "branches"));
        policy.setItems(list(json, "items"));
        policy.setChangeRequests(json.path("changeRequests").asText("none"));
        JsonNode approvals = json.path("approvals");
        if (approvals.isObject()) {
            policy.setApprovals(approvals.path("count").asInt(1));
            policy.setApprovers(list(approvals, "from"));
            policy.setNotRequester(approvals.path("notRequester").asBoolean());
        }
        policy.setMinimumAge(json.path("minimumAge").asText());
        return policy;
    }

    private static List<String> list(JsonNode json, String key) {
        return StreamSupport.stream(json.path(key).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
