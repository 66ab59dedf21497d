package io.jenkins.plugins.modeldelivery.engine.request;

import java.util.Objects;
import java.util.Optional;

/**
 * What is to be taken back.
 *
 * @param alias that goes back to an earlier version
 * @param to the version to go back to; empty for the newest earlier one that a policy admitted and that still exists
 * @param registry configured name, empty for the default
 * @param reason for the record, may be empty
 * @param deploy where the predecessor is to be served again, if anywhere; its model is replaced by the predecessor
 */
public record RollbackRequest(
        String model,
        String alias,
        Optional<String> to,
        Optional<String> registry,
        String reason,
        Optional<DeployRequest> deploy) {
    public RollbackRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(alias);
        Objects.requireNonNull(reason);
    }
}
