package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/**
 * What a step returns. Stored with the Pipeline as the text that the engine gave, so that a variable that holds it lives
 * through a restart and through updates of the plugin. What is absent is null.
 */
public abstract class DeliveryResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String json;

    DeliveryResult(JsonNode result) {
        this.json = Json.text(result);
    }

    static DeliveryResult of(Outcome outcome) {
        return switch (outcome.type()) {
            case REGISTER -> new RegisterResult(outcome.result());
            case GATE -> new GateResult(outcome.result());
            case PROMOTE -> new PromoteResult(outcome.result());
            case DEPLOY -> new DeployResult(outcome.result());
            case DELIVER -> new DeliverResult(outcome.result());
        };
    }

    JsonNode node() {
        return Json.read(json.getBytes(StandardCharsets.UTF_8), ErrorKind.CORRUPT, "The result of a step");
    }

    String text(String key) {
        JsonNode value = node().path(key);
        return value.isMissingNode() || value.isNull() ? null : value.asText();
    }

    /** As maps, lists, texts and numbers, which scripts can go through; empty for what is absent. */
    Map<String, Object> map(JsonNode object) {
        if (!object.isObject()) {
            return new LinkedHashMap<>();
        }
        Map<?, ?> converted = Holder.MAPPER.convertValue(object, LinkedHashMap.class);
        Map<String, Object> map = new LinkedHashMap<>();
        converted.forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    /** JSON. */
    @Override
    @Whitelisted
    public String toString() {
        return json;
    }

    /** Made when a script first asks for a map. */
    private static final class Holder {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Holder() {}
    }
}
