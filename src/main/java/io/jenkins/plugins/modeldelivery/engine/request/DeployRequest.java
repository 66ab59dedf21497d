package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be deployed.
 *
 * @param registry configured name, empty for the default
 * @param target configured name, empty for the default
 * @param endpoint name under which clients ask
 * @param rollback put the previous version back if the new one fails
 * @param takeOver also to an endpoint that serves another model
 * @param timeout of the rollout, and again of a rollback; positive
 */
public record DeployRequest(
        ModelRef model,
        Optional<String> registry,
        Optional<String> target,
        String endpoint,
        Optional<SmokeTest> smokeTest,
        boolean rollback,
        boolean takeOver,
        Duration timeout) {
    /** How long a rollout may take if nothing else is said. */
    public static final Duration TIMEOUT = Duration.ofMinutes(5);

    public DeployRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(timeout);
    }

    public DeployRequest of(ModelRef other, Optional<String> itsRegistry) {
        return new DeployRequest(other, itsRegistry, target, endpoint, smokeTest, rollback, takeOver, timeout);
    }
}
