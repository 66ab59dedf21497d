package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import java.util.Optional;

/**
 * What the repository knows of an endpoint.
 *
 * @param live what is published
 * @param previous what was published before it
 */
record EndpointState(Optional<ServedVersion> live, Optional<ServedVersion> previous) {
    static final EndpointState EMPTY = new EndpointState(Optional.empty(), Optional.empty());

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        live.ifPresent(v -> json.set("live", v.toJson()));
        previous.ifPresent(v -> json.set("previous", v.toJson()));
        return json;
    }

    /** IllegalArgumentException if this is not what {@link #toJson} gives. */
    static EndpointState fromJson(JsonNode json) {
        if (!json.isObject()) {
            throw new IllegalArgumentException("it is no object");
        }
        return new EndpointState(version(json, "live"), version(json, "previous"));
    }

    private static Optional<ServedVersion> version(JsonNode json, String key) {
        if (!json.has(key)) {
            return Optional.empty();
        }
        JsonNode node = json.path(key);
        if (!node.path("model").isTextual() || !node.path("version").isTextual()) {
            throw new IllegalArgumentException(key + " names no version");
        }
        return Optional.of(ServedVersion.fromJson(node));
    }
}
