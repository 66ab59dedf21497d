package io.jenkins.plugins.modeldelivery.engine.delivery;

/** Why an operation ended with a negative verdict. */
public enum Refusal {
    GATE_FAILED,
    GATE_INCONCLUSIVE,
    POLICY_UNMET,
    APPROVAL_REFUSED,
    CONFLICT,
    ROLLED_BACK
}
