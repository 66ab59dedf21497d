package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A version at an endpoint.
 *
 * @param id the target's name for it, as its server reports it: the number of a version directory
 * @param version what it is; its digest is known
 * @param smokeTest SHA-256 of the smoke test with which it was deployed, if there was one
 */
public record Revision(String id, ServedVersion version, Optional<String> smokeTest) {
    public Revision {
        if (version.digest().isEmpty()) {
            throw new IllegalArgumentException("no digest");
        }
    }

    public String digest() {
        return version.digest().orElseThrow();
    }

    public ObjectNode toJson() {
        ObjectNode json = version.toJson();
        json.put("id", id);
        smokeTest.ifPresent(hash -> json.put("smokeTest", hash));
        return json;
    }

    /** IllegalArgumentException if this is not what {@link #toJson} gives. */
    public static Revision fromJson(JsonNode json) {
        if (!json.path("id").isTextual()) {
            throw new IllegalArgumentException("a revision without id");
        }
        JsonNode test = json.path("smokeTest");
        return new Revision(
                json.path("id").textValue(),
                ServedVersion.fromJson(json),
                test.isTextual() ? Optional.of(test.textValue()) : Optional.empty());
    }
}
