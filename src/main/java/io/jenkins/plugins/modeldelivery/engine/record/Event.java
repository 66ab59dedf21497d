package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * One line of a record.
 *
 * @param sequence from 1
 * @param time when it was appended
 * @param draft what happened
 * @param previousHash hash of the line before; {@link ChainLine#GENESIS} for the first
 * @param hash of this line, see {@link ChainLine}
 */
public record Event(long sequence, Instant time, EventDraft draft, String previousHash, String hash) {
    /** The content of the line, which the hash covers, without the hash. */
    static ObjectNode content(long sequence, Instant time, EventDraft draft, String previousHash) {
        ObjectNode json = Json.object();
        json.put("sequence", sequence);
        json.put("time", time.toString());
        json.put("type", draft.type());
        json.put("registry", draft.registry());
        json.put("model", draft.model());
        draft.version().ifPresent(v -> json.put("version", v));
        json.put("actor", draft.actor());
        draft.build().ifPresent(b -> json.put("build", b));
        draft.operation().ifPresent(o -> json.put("operation", o));
        draft.policyDigest().ifPresent(p -> json.put("policyDigest", p));
        json.set("details", draft.details());
        json.put("previous", previousHash);
        return json;
    }

    public ObjectNode toJson() {
        return content(sequence, time, draft, previousHash).put("hash", hash);
    }

    static Event fromJson(JsonNode json) {
        EventDraft draft = new EventDraft(
                json.path("type").asText(),
                json.path("registry").asText(),
                json.path("model").asText(),
                text(json, "version"),
                json.path("actor").asText(),
                text(json, "build"),
                text(json, "operation"),
                text(json, "policyDigest"),
                json.path("details") instanceof ObjectNode details ? details : Json.object());
        return new Event(
                json.path("sequence").asLong(),
                Instant.parse(json.path("time").asText()),
                draft,
                json.path("previous").asText(),
                json.path("hash").asText());
    }

    private static Optional<String> text(JsonNode json, String key) {
        return json.hasNonNull(key) ? Optional.of(json.path(key).asText()) : Optional.empty();
    }
}
