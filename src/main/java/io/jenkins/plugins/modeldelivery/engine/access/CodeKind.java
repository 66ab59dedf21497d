package io.jenkins.plugins.modeldelivery.engine.access;

/** What code the one runs who asks for an operation. */
public enum CodeKind {
    /** Code that those who own the project have taken in, or of which nobody says otherwise. */
    OWN,
    /** A change that somebody proposes whom the project's source control trusts. */
    TRUSTED_CHANGE_REQUEST,
    /** A change that anybody may propose, as from a fork. */
    UNTRUSTED_CHANGE_REQUEST
}
