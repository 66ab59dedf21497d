package io.jenkins.plugins.modeldelivery.engine.registry;

import java.util.Optional;

/**
 * How a compare-and-set of an alias ended.
 *
 * @param outcome what happened
 * @param actual the version that the alias points to now, as read back
 */
public record AliasMove(Outcome outcome, Optional<String> actual) {
    public enum Outcome {
        /** The alias points to the new version, by this call or an earlier one of the same operation. */
        MOVED,
        /** The alias pointed to the new version before this call, and no move of this operation is known. */
        ALREADY,
        /** An earlier call of this operation began the move, and somebody moved the alias since; nothing was overwritten. */
        OVERTAKEN,
        /** Somebody else had moved it; nothing was overwritten. */
        CONFLICT
    }
}
