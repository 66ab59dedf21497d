package io.jenkins.plugins.modeldelivery.engine.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.Optional;

/** The form of a resolved source in a journal: what it means is decided once for an operation. */
final class ResolvedSourceJson {
    private ResolvedSourceJson() {}

    static ObjectNode write(VersionSource.Resolved source) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("uri", source.uri());
        source.runId().ifPresent(id -> json.put("runId", id));
        source.modelId().ifPresent(id -> json.put("modelId", id));
        return json;
    }

    static VersionSource.Resolved read(JsonNode json) {
        return new VersionSource.Resolved(
                json.path("uri").asText(),
                Optional.ofNullable(json.path("runId").textValue()),
                Optional.ofNullable(json.path("modelId").textValue()));
    }
}
