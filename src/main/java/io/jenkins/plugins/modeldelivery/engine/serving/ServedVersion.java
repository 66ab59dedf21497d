package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.io.JsonFields;
import java.util.Objects;
import java.util.Optional;

/**
 * A model version as a serving target knows it.
 *
 * @param registry configured name
 * @param model registered model
 * @param version the registry's version text
 * @param fingerprint what the registry fixed when it created the version, if it is known
 * @param digest content digest; empty only for a candidate whose bytes have not arrived yet
 */
public record ServedVersion(
        String registry, String model, String version, Optional<String> fingerprint, Optional<String> digest) {
    public ServedVersion {
        Objects.requireNonNull(registry);
        Objects.requireNonNull(model);
        Objects.requireNonNull(version);
        Objects.requireNonNull(fingerprint);
        Objects.requireNonNull(digest);
    }

    /** As people write it: {@code churn/7}. */
    public String text() {
        return model + "/" + version;
    }

    public ServedVersion withDigest(String arrived) {
        return new ServedVersion(registry, model, version, fingerprint, Optional.of(arrived));
    }

    /** Whether both are versions of one registered model. */
    public boolean sameModel(ServedVersion other) {
        return registry.equals(other.registry) && model.equals(other.model);
    }

    /** Whether both are the same version with the same known bytes. A fingerprint that only one side has counts as equal. */
    public boolean same(ServedVersion other) {
        boolean otherCreation =
                fingerprint.isPresent() && other.fingerprint.isPresent() && !fingerprint.equals(other.fingerprint);
        return sameModel(other)
                && version.equals(other.version)
                && digest.isPresent()
                && digest.equals(other.digest)
                && !otherCreation;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("registry", registry);
        json.put("model", model);
        json.put("version", version);
        fingerprint.ifPresent(f -> json.put("fingerprint", f));
        digest.ifPresent(d -> json.put("digest", d));
        return json;
    }

    /** IllegalArgumentException if this is not what {@link #toJson} gives. */
    public static ServedVersion fromJson(JsonNode json) {
        return new ServedVersion(
                JsonFields.text(json, "registry"),
                JsonFields.text(json, "model"),
                JsonFields.text(json, "version"),
                JsonFields.optionalText(json, "fingerprint"),
                JsonFields.optionalText(json, "digest"));
    }
}
