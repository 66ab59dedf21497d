package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be promoted.
 *
 * @param registry configured name, empty for the default
 * @param to alias
 * @param policy configured name; empty for the one that guards the alias
 * @param dryRun decide, change nothing, record nothing
 */
public record PromoteRequest(
        ModelRef model, Optional<String> registry, String to, Optional<String> policy, boolean dryRun) {
    public PromoteRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(to);
    }

    public PromoteRequest of(ModelRef other, Optional<String> itsRegistry) {
        return new PromoteRequest(other, itsRegistry, to, policy, dryRun);
    }
}
