package io.jenkins.plugins.modeldelivery.engine.request;

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
 * @param guard policy that guarded the alias when the promotion was asked for; if none guards it any more, the promotion does
 *     not go on. Empty if none did, or nobody has looked
 */
public record PromoteRequest(
        ModelRef model,
        Optional<String> registry,
        String to,
        Optional<String> policy,
        boolean dryRun,
        Optional<Duration> timeout,
        Optional<String> guard) {
    public PromoteRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(to);
    }

    /** Asked for now, whatever guards the alias; waits for approvals for ever. */
    public PromoteRequest(
            ModelRef model, Optional<String> registry, String to, Optional<String> policy, boolean dryRun) {
        this(model, registry, to, policy, dryRun, Optional.empty(), Optional.empty());
    }

    public PromoteRequest of(ModelRef other, Optional<String> itsRegistry) {
        return new PromoteRequest(other, itsRegistry, to, policy, dryRun, timeout, guard);
    }
}
