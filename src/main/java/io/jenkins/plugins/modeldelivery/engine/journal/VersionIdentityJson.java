package io.jenkins.plugins.modeldelivery.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.util.Optional;

/** The identity of a version in journals, results and the details of events. */
public final class VersionIdentityJson {
    private VersionIdentityJson() {}

    public static ObjectNode write(VersionIdentity identity) {
        ObjectNode json = Json.object().put("version", identity.version()).put("fingerprint", identity.fingerprint());
        identity.digest().ifPresent(digest -> json.put("digest", digest));
        return json;
    }

    public static VersionIdentity read(JsonNode json) {
        return new VersionIdentity(
                json.path("version").asText(),
                json.path("fingerprint").asText(),
                Optional.ofNullable(json.path("digest").textValue()));
    }
}
