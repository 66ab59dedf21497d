package io.jenkins.plugins.modeldelivery.run;

/** What a delivery does, in its order; and all of it. */
public enum Verb {
    REGISTER("registerModel"),
    GATE("gateOnMetrics"),
    PROMOTE("promoteModel"),
    DEPLOY("deployModel"),
    DELIVER("deliverModel");

    private final String step;

    Verb(String step) {
        this.step = step;
    }

    /** As Jenkinsfiles name it. */
    public String step() {
        return step;
    }

    /** Whether it moves files, which can take long, so that it must not keep short calls from their threads. */
    public boolean transfers() {
        return this == REGISTER || this == DEPLOY || this == DELIVER;
    }
}
