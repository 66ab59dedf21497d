package io.jenkins.plugins.modeldelivery.engine.registry;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * A compare-and-set of an alias.
 *
 * @param expected the version that the alias must point to now; empty if it must point nowhere
 * @param to the version that it is to point to; empty takes the alias away
 * @param operation id of the operation that asks for it; a registry keeps it with the move, so that an operation that
 *     continues after a crash knows its own move again
 */
public record AliasChange(String alias, Optional<String> expected, Optional<String> to, String operation) {
    public AliasChange {
        Objects.requireNonNull(alias);
        Objects.requireNonNull(expected);
        Objects.requireNonNull(to);
        Objects.requireNonNull(operation);
    }

    /**
     * How the change stands before it is made; empty if it is to be made.
     *
     * @param actual the version that the alias points to now
     * @param begun operations that began a move of this alias, as far as the registry knows
     */
    public Optional<AliasMove.Outcome> standing(Optional<String> actual, Collection<String> begun) {
        boolean ours = begun.contains(operation);
        if (actual.equals(to)) {
            return Optional.of(ours ? AliasMove.Outcome.MOVED : AliasMove.Outcome.ALREADY);
        }
        if (ours) {
            // Also where the alias is where it was: somebody may have moved it back.
            return Optional.of(AliasMove.Outcome.OVERTAKEN);
        }
        return actual.equals(expected) ? Optional.empty() : Optional.of(AliasMove.Outcome.CONFLICT);
    }

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
}
