package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One rollout of one version to one endpoint. Goes through the journal.
 *
 * @param id of the operation; distinguishes its own unfinished work from that of others
 * @param endpoint name under which clients ask
 * @param candidate what is to be served; its digest is what is expected until the bytes have arrived
 * @param previous what was served when the rollout was planned, if anything
 * @param generation of the endpoint when the rollout was planned
 * @param deadline when it must have ended
 */
public record Rollout(
        String id,
        String endpoint,
        ServedVersion candidate,
        Optional<Revision> previous,
        long generation,
        Instant deadline) {
    public Rollout {
        Objects.requireNonNull(id);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(candidate);
        Objects.requireNonNull(previous);
        Objects.requireNonNull(deadline);
    }

    public Rollout withDigest(String digest) {
        return new Rollout(id, endpoint, candidate.withDigest(digest), previous, generation, deadline);
    }

    public Rollout until(Instant end) {
        return new Rollout(id, endpoint, candidate, previous, generation, end);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("id", id);
        json.put("endpoint", endpoint);
        json.set("candidate", candidate.toJson());
        previous.ifPresent(p -> json.set("previous", p.toJson()));
        json.put("generation", generation);
        json.put("deadline", deadline.toString());
        return json;
    }

    /** IllegalArgumentException or DateTimeException if this is not what {@link #toJson} gives. */
    public static Rollout fromJson(JsonNode json) {
        return new Rollout(
                json.path("id").asText(),
                json.path("endpoint").asText(),
                ServedVersion.fromJson(json.path("candidate")),
                Optional.of(json.path("previous")).filter(JsonNode::isObject).map(Revision::fromJson),
                json.path("generation").asLong(),
                Instant.parse(json.path("deadline").asText()));
    }
}
