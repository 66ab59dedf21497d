package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be registered.
 *
 * @param registry configured name, empty for the default
 * @param metrics of the version, {@link Metrics#NONE} for none
 * @param tags users' tags and provenance
 * @param alias to be set in the end; refused if a policy guards it
 */
public record RegisterRequest(
        String name,
        Optional<String> registry,
        VersionSource source,
        Metrics metrics,
        Map<String, String> tags,
        String description,
        Optional<String> alias) {
    public RegisterRequest {
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }
}
