package io.jenkins.plugins.modeldelivery.engine.registry;

import java.util.Optional;

/**
 * How a compare-and-set of an alias ended.
 *
 * @param outcome what happened
 * @param actual the version that bears the alias now, as read back
 */
public record AliasMove(Outcome outcome, Optional<String> actual) {
    public enum Outcome {
        /** The alias bears the new version, by this call or one before it. */
        MOVED,
        /** Somebody else had moved it; nothing was overwritten. */
        CONFLICT
    }
}
