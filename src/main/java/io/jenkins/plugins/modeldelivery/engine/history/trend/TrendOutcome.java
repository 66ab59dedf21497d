package io.jenkins.plugins.modeldelivery.engine.history.trend;

import java.time.Instant;

/**
 * What became of a version later.
 *
 * @param where the alias, or the target and endpoint
 */
public record TrendOutcome(Kind kind, String where, Instant time) {
    /** What happened. */
    public enum Kind {
        /** It was given an alias. */
        PROMOTED,
        /** An alias or an endpoint was taken back from it. */
        ROLLED_BACK
    }
}
