package io.jenkins.plugins.modeldelivery.build.operation;

/** What a delivery does, in its order; and all of it. */
public enum OperationType {
    REGISTER("registerModel"),
    GATE("gateOnMetrics"),
    PROMOTE("promoteModel"),
    DEPLOY("deployModel"),
    DELIVER("deliverModel");

    private final String step;

    OperationType(String step) {
        this.step = step;
    }

    /** As Jenkinsfiles name it. */
    public String step() {
        return step;
    }
}
