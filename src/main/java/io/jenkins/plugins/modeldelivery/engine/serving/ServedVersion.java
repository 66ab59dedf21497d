package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * What an endpoint serves.
 *
 * @param model registered model, as it was deployed; the endpoint's name if something else put it there
 * @param version the registry's version text
 * @param digest content digest of what was deployed, if known
 */
public record ServedVersion(String model, String version, Optional<String> digest) {
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", model);
        json.put("version", version);
        digest.ifPresent(d -> json.put("digest", d));
        return json;
    }

    public static ServedVersion fromJson(JsonNode json) {
        return new ServedVersion(
                json.path("model").asText(),
                json.path("version").asText(),
                json.hasNonNull("digest") ? Optional.of(json.path("digest").asText()) : Optional.empty());
    }
}
