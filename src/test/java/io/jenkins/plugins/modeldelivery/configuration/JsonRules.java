package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.List;
import java.util.stream.Collectors;
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
        gate.setChecks(lines(json, "checks"));
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
        policy.setFrom(lines(json, "from"));
        policy.setGates(lines(json, "gates"));
        policy.setEvidenceFrom(lines(json, "evidenceFrom"));
        policy.setRegisteredNumbers(json.path("metricsFrom").asText().equals("registration"));
        policy.setMaxEvidenceAge(json.path("maxEvidenceAge").asText());
        policy.setRequiredTags(lines(json, "requiredTags"));
        policy.setRegisteredBy(lines(json, "registeredBy"));
        policy.setRepositories(lines(json, "repositories"));
        policy.setBranches(lines(json, "branches"));
        policy.setItems(lines(json, "items"));
        policy.setChangeRequests(json.path("changeRequests").asText("none"));
        JsonNode approvals = json.path("approvals");
        if (approvals.isObject()) {
            policy.setApprovals(approvals.path("count").asInt(1));
            policy.setApprovers(lines(approvals, "from"));
            policy.setNotRequester(approvals.path("notRequester").asBoolean());
        }
        policy.setMinimumAge(json.path("minimumAge").asText());
        return policy;
    }

    /** An entry a line. */
    private static String lines(JsonNode json, String key) {
        return StreamSupport.stream(json.path(key).spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("\n"));
    }
}
