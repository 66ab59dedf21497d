package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * One rollout of one version to one endpoint. Goes through the journal.
 *
 * @param id of the operation; tells our own half-done work from others'
 * @param endpoint name under which clients ask
 * @param candidate what is to be served
 * @param previous what was served when the rollout was planned, if anything
 */
public record Rollout(String id, String endpoint, ServedVersion candidate, Optional<ServedVersion> previous) {
    public Rollout {
        Objects.requireNonNull(id);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(candidate);
        Objects.requireNonNull(previous);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("endpoint", endpoint);
        json.set("candidate", candidate.toJson());
        previous.ifPresent(p -> json.set("previous", p.toJson()));
        return json;
    }

    public static Rollout fromJson(JsonNode json) {
        return new Rollout(
                json.path("id").asText(),
                json.path("endpoint").asText(),
                ServedVersion.fromJson(json.path("candidate")),
                Optional.of(json.path("previous")).filter(JsonNode::isObject).map(ServedVersion::fromJson));
    }
}
