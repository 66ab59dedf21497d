package io.jenkins.plugins.modeldelivery.engine.gate;

/** How a check or a gate ended. */
public enum Verdict {
    PASSED,
    FAILED,
    /** The numbers do not suffice to say. */
    INCONCLUSIVE
}
