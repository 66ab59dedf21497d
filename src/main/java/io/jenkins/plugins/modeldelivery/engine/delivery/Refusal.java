package io.jenkins.plugins.modeldelivery.engine.delivery;

/** Why an operation ended without what was asked for. Its journal has ended too: the same again is a new operation. */
public enum Refusal {
    GATE_FAILED,
    GATE_INCONCLUSIVE,
    POLICY_UNMET,
    APPROVAL_REFUSED,
    /** Not enough people approved in time. */
    APPROVAL_EXPIRED,
    CONFLICT,
    ROLLED_BACK,
    /** What failed could not be taken back either: nobody knows what is served. */
    ROLLBACK_FAILED,
    /** It failed, and by request nothing was taken back. */
    DEPLOYMENT_FAILED,
    /** The registry has a version that it says is none. */
    REGISTRATION_FAILED
}
