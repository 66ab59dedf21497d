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
}
