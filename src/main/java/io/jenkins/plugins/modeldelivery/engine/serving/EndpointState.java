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

    static EndpointState fromJson(JsonNode json) {
        return new EndpointState(version(json.path("live")), version(json.path("previous")));
    }

    private static Optional<ServedVersion> version(JsonNode node) {
        return node.isObject() ? Optional.of(ServedVersion.fromJson(node)) : Optional.empty();
    }
}
