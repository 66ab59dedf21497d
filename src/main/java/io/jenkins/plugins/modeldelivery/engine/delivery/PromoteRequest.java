package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be promoted.
 *
 * @param registry configured name, empty for the default
 * @param to alias
 * @param policy configured name; empty for the one that guards the alias
 * @param dryRun decide, change nothing, record nothing
 * @param timeout how long approvals may take; positive; empty: for ever
 */
public record PromoteRequest(
        ModelRef model,
        Optional<String> registry,
        String to,
        Optional<String> policy,
        boolean dryRun,
        Optional<Duration> timeout) {
    public PromoteRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(to);
    }

    /** Waits for approvals for ever. */
    public PromoteRequest(
            ModelRef model, Optional<String> registry, String to, Optional<String> policy, boolean dryRun) {
        this(model, registry, to, policy, dryRun, Optional.empty());
    }

    public PromoteRequest of(ModelRef other, Optional<String> itsRegistry) {
        return new PromoteRequest(other, itsRegistry, to, policy, dryRun, timeout);
    }
}
