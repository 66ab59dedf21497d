package io.jenkins.plugins.modeldelivery.engine.gate;

/** How a check or a gate ended. */
public enum Verdict {
    PASSED,
    FAILED,
    /** The numbers do not suffice to say. */
    INCONCLUSIVE;

    /** Whether this outweighs the other: FAILED, then INCONCLUSIVE, then PASSED. */
    boolean isGraverThan(Verdict other) {
        return weight() > other.weight();
    }

    private int weight() {
        return switch (this) {
            case PASSED -> 0;
            case INCONCLUSIVE -> 1;
            case FAILED -> 2;
        };
    }
}
