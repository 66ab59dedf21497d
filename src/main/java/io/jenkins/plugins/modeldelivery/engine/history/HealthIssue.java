package io.jenkins.plugins.modeldelivery.engine.history;

/** Why people should look at a model. */
public enum HealthIssue {
    RECORD_DAMAGED("its record is damaged", "Have an administrator verify the record and restore it from a backup."),
    DIGEST_DIFFERS(
            "an endpoint serves other bytes than were registered",
            "Deploy the version again, and find out who changed the files at the serving target."),
    /** An endpoint serves a version that has no alias while another does. */
    SERVES_OTHER_VERSION(
            "an endpoint serves a version without an alias",
            "Deploy the version that has the alias, or move the alias to the version that is served."),
    ROLLOUT_FAILED("the last rollout failed", "Read the reason below, fix it, and deploy again."),
    /** The version that has a guarded alias has no passed gate that is young enough for the alias' policy. */
    EVIDENCE_EXPIRED("the evidence has expired", "Gate the version that has the alias again."),
    /** The newest gate of a version that has an alias, or the newest of all, did not pass. */
    GATE_FAILED("the last gate failed", "See the failed checks below. Train a better version, or review the bound."),
    GATE_INCONCLUSIVE(
            "the last gate was inconclusive",
            "See the reasons below. Often examples are missing, or the baseline was measured on another" + " dataset.");

    private final String text;
    private final String advice;

    HealthIssue(String text, String advice) {
        this.text = text;
        this.advice = advice;
    }

    /** Completes "Look at this model:". */
    public String text() {
        return text;
    }

    /** What to do about it: a sentence or two, to be read on the page of the model. */
    public String advice() {
        return advice;
    }
}
