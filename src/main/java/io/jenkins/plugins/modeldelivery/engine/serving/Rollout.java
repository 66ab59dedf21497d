package io.jenkins.plugins.modeldelivery.engine.serving;

import java.util.Objects;
import java.util.Optional;

/**
 * One rollout of one version to one endpoint. Goes through the journal.
 *
 * @param id of the operation; tells our own half-done work from others'
 * @param endpoint name under which clients ask
 * @param candidate what is to be served
 * @param previous what was served when the rollout was planned, if anything
 */
public record Rollout(String id, String endpoint, ServedVersion candidate, Optional<ServedVersion> previous) {
    public Rollout {
        Objects.requireNonNull(id);
        Objects.requireNonNull(endpoint);
        Objects.requireNonNull(candidate);
        Objects.requireNonNull(previous);
    }
}
