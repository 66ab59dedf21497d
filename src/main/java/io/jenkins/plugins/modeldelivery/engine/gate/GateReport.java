package io.jenkins.plugins.modeldelivery.engine.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The report of a gate; evidence, once it is in a record.
 *
 * @param model name/version, if it was about one
 * @param gate its configured name
 * @param checks in the order of the gate's checks, slices sorted
 */
public record GateReport(
        Verdict verdict, Optional<String> model, Optional<String> gate, String gateDigest, List<CheckResult> checks) {
    public GateReport {
        checks = List.copyOf(checks);
    }

    public GateReport forModel(String name) {
        return new GateReport(verdict, Optional.of(name), gate, gateDigest, checks);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("verdict", verdict.name());
        model.ifPresent(m -> json.put("model", m));
        gate.ifPresent(g -> json.put("gate", g));
        json.put("gateDigest", gateDigest);
        ArrayNode array = json.putArray("checks");
        checks.forEach(check -> array.add(check.toJson()));
        return json;
    }

    public static GateReport fromJson(JsonNode json) {
        List<CheckResult> checks = new ArrayList<>();
        json.path("checks").forEach(check -> checks.add(CheckResult.fromJson(check)));
        return new GateReport(
                Verdict.valueOf(json.path("verdict").asText()),
                json.hasNonNull("model") ? Optional.of(json.path("model").asText()) : Optional.empty(),
                json.hasNonNull("gate") ? Optional.of(json.path("gate").asText()) : Optional.empty(),
                json.path("gateDigest").asText(),
                checks);
    }
}
