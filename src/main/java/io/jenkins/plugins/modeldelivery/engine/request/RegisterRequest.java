package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is to be registered.
 *
 * @param registry configured name, empty for the default
 * @param metrics of the version, {@link Metrics#NONE} for none
 * @param parameters how the model was trained, for people
 * @param tags users' own; those that begin with {@link Tags#PREFIX} are refused, since policies trust them
 * @param provenance where the model comes from, as the driver knows it: job, build, commit, branch
 * @param alias to be set in the end; refused if a policy guards it
 * @param timeout how long the registry may work on the version once it has it; positive. Uploads have none.
 * @param operation says that this is the same registration as an earlier one with this id, if that happened: what that one
 *     made is found and nothing is made twice. Letters, digits, {@code . _ -}. Empty: a new registration
 */
public record RegisterRequest(
        String name,
        Optional<String> registry,
        VersionSource source,
        Metrics metrics,
        Map<String, String> parameters,
        Map<String, String> tags,
        Map<String, String> provenance,
        String description,
        Optional<String> alias,
        Duration timeout,
        Optional<String> operation) {
    /** As long as anybody would wait for a registry that copies a large model. */
    public static final Duration TIMEOUT = Duration.ofMinutes(10);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public RegisterRequest {
        Objects.requireNonNull(name);
        Objects.requireNonNull(source);
        if (!operation.map(id -> ID.matcher(id).matches()).orElse(true)) {
            throw new IllegalArgumentException("no id of an operation: " + operation.get());
        }
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
        provenance = Collections.unmodifiableMap(new TreeMap<>(provenance));
    }

    /**
     * Policies ask for the branch, audits for the commit: neither is for the model's owner to claim.
     *
     * @throws DeliveryException INVALID_INPUT for a tag that only Model Delivery writes
     */
    public void checkTags() {
        for (String key : tags.keySet()) {
            if (key.isBlank() || key.startsWith(Tags.PREFIX)) {
                throw ErrorKind.INVALID_INPUT.error("The tag \"" + TextSanitizer.brief(key, 60)
                        + "\" cannot be set: tags need a name, and names that begin with " + Tags.PREFIX
                        + " are written by Model Delivery alone.");
            }
        }
    }

    /** What the version has: both kinds. */
    public Map<String, String> allTags() {
        Map<String, String> all = new TreeMap<>(tags);
        all.putAll(provenance);
        return all;
    }

    /** As this, but the same as an earlier registration with this id. */
    public RegisterRequest sameAs(String id) {
        return new RegisterRequest(
                name,
                registry,
                source,
                metrics,
                parameters,
                tags,
                provenance,
                description,
                alias,
                timeout,
                Optional.of(id));
    }
}
