package io.jenkins.plugins.modeldelivery.engine.history;

/** Why people should look at a model. */
public enum Concern {
    /** A line of the record is no event. */
    RECORD_DAMAGED("its record is damaged"),
    /** An endpoint serves other bytes than were registered for that version. */
    DIGEST_DIFFERS("an endpoint serves other bytes than were registered"),
    /** An endpoint serves a version that bears no alias while another does. */
    SERVES_OTHER_VERSION("an endpoint serves a version without an alias"),
    /** The last rollout somewhere did not succeed. */
    ROLLOUT_FAILED("the last rollout failed"),
    /** The version that bears a guarded alias has no passed gate that is young enough for the alias' policy. */
    EVIDENCE_EXPIRED("the evidence has expired"),
    /** The newest gate of a version that bears an alias, or the newest of all, did not pass. */
    GATE_FAILED("the last gate failed"),
    GATE_INCONCLUSIVE("the last gate was inconclusive");

    private final String text;

    Concern(String text) {
        this.text = text;
    }

    /** Completes "Look at this model:". */
    public String text() {
        return text;
    }
}
