package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A version that is to be registered.
 *
 * @param name registered model, checked with {@link ModelRegistry#checkName}
 * @param operation id of the operation; becomes the tag by which a repeated operation finds the version
 * @param source where its bytes are; resolved by {@link ModelRegistry#resolve} before the version is staged or created
 * @param metrics to be stored with it; {@link Metrics#NONE} for none
 * @param tags all tags of the version, provenance included; the digest's tag is added by the registry once it is known
 * @param description may be empty
 * @param parameters how the model was trained, for people; a registry that has no place for them leaves them out
 */
public record NewVersion(
        String name,
        String operation,
        VersionSource source,
        Metrics metrics,
        Map<String, String> tags,
        String description,
        Map<String, String> parameters) {
    public NewVersion {
        Objects.requireNonNull(name);
        Objects.requireNonNull(operation);
        Objects.requireNonNull(source);
        Objects.requireNonNull(metrics);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        Objects.requireNonNull(description);
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }
}
