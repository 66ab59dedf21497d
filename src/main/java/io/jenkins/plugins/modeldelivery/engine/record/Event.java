package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.io.JsonFields;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.time.Instant;
import java.util.List;

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
    /** Of a line; grows when the meaning of a member changes. */
    static final int FORMAT = 1;

    /** The content of the line, which the hash covers, without the hash. */
    static ObjectNode content(long sequence, Instant time, EventDraft draft, String previousHash) {
        ObjectNode json = Json.object();
        json.put("sequence", sequence);
        json.put("format", FORMAT);
        json.put("time", time.toString());
        json.put("type", draft.type().text());
        json.put("registry", draft.registry());
        json.put("model", draft.model());
        draft.identity().ifPresent(identity -> {
            json.put("version", identity.version());
            json.put("fingerprint", identity.fingerprint());
            identity.digest().ifPresent(digest -> json.put("digest", digest));
        });
        json.put("actor", draft.actor());
        draft.build().ifPresent(b -> json.put("build", b));
        draft.job().ifPresent(j -> json.put("job", j));
        draft.operation().ifPresent(o -> json.put("operation", o));
        draft.policyDigest().ifPresent(p -> json.put("policyDigest", p));
        json.set("details", draft.details());
        json.put("previous", previousHash);
        return json;
    }

    public ObjectNode toJson() {
        return content(sequence, time, draft, previousHash).put("hash", hash);
    }

    /**
     * As {@link #toJson}, without its place in the chain: numbers and hashes would tell anybody who may not see all events how
     * many there are.
     */
    public ObjectNode toJsonAlone() {
        return toJson().without(List.of("sequence", "previous", "hash"));
    }

    /** IllegalArgumentException or DateTimeException if this is not what {@link #toJson} gives. */
    static Event fromJson(JsonNode json) {
        if (json.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "its format is " + json.path("format") + ", this version reads " + FORMAT);
        }
        EventDraft draft = new EventDraft(
                EventType.of(JsonFields.text(json, "type")),
                JsonFields.text(json, "registry"),
                JsonFields.text(json, "model"),
                JsonFields.optionalText(json, "version")
                        .map(version -> new VersionIdentity(
                                version,
                                JsonFields.text(json, "fingerprint"),
                                JsonFields.optionalText(json, "digest"))),
                JsonFields.text(json, "actor"),
                JsonFields.optionalText(json, "build"),
                JsonFields.optionalText(json, "job"),
                JsonFields.optionalText(json, "operation"),
                JsonFields.optionalText(json, "policyDigest"),
                JsonFields.object(json, "details"));
        return new Event(
                JsonFields.whole(json, "sequence"),
                Instant.parse(JsonFields.text(json, "time")),
                draft,
                JsonFields.text(json, "previous"),
                JsonFields.text(json, "hash"));
    }
}
