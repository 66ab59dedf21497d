package io.jenkins.plugins.modeldelivery.engine.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One version of a registered model as its registry tells it.
 *
 * @param name registered model
 * @param version the registry's own text ("7"); never parsed as a number
 * @param status whether the registry has finished with it
 * @param statusMessage the registry's own words, empty if none
 * @param uri how the registry's users name it, e.g. {@code models:/churn/7}
 * @param url page for people, if the registry has one
 * @param tags all tags of the version
 * @param runId MLflow's run, if any
 * @param modelId MLflow's logged model, if any
 * @param source where the registry says the bytes are, empty if it does not say
 * @param created when, if the registry says
 * @param fingerprint what the registry itself fixed when it created the version: the same in every reading, whatever
 *     people change later, and another one if the model is deleted and made again with the same number. Never empty
 */
public record ModelVersion(
        String name,
        String version,
        Status status,
        String statusMessage,
        String uri,
        Optional<String> url,
        Map<String, String> tags,
        Optional<String> runId,
        Optional<String> modelId,
        String source,
        Optional<Instant> created,
        String fingerprint) {

    public enum Status {
        PENDING,
        READY,
        FAILED
    }

    public ModelVersion {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
        Objects.requireNonNull(status);
        if (fingerprint.isEmpty()) {
            throw new IllegalArgumentException("no fingerprint of " + name + "/" + version);
        }
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** The content digest that was registered with it ({@code sha256:…}), if it is known. */
    public Optional<String> digest() {
        return Optional.ofNullable(tags.get(Tags.DIGEST));
    }
}
