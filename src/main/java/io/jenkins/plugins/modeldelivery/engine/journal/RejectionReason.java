package io.jenkins.plugins.modeldelivery.engine.journal;

/** Why an operation ended without what was asked for. Its journal has ended too: the same again is a new operation. */
public enum RejectionReason {
    GATE_FAILED,
    GATE_INCONCLUSIVE,
    POLICY_UNMET,
    APPROVAL_REFUSED,
    /** Not enough people approved in time. */
    APPROVAL_EXPIRED,
    CONFLICT,
    /** The registry refused to move the alias, or what had admitted the move does not hold any more. */
    ALIAS_NOT_MOVED,
    /** An argument, a file or the configuration is wrong; found after the operation had begun. */
    INVALID_INPUT,
    ROLLED_BACK,
    /** What failed could not be taken back either: nobody knows what is served. */
    ROLLBACK_FAILED,
    /** It failed, and by request nothing was taken back. */
    DEPLOYMENT_FAILED,
    /** A server denies or lacks what is needed; what was begun was taken back. */
    SERVER_REFUSED,
    /** The registry has a version that it says is none. */
    REGISTRATION_FAILED
}
