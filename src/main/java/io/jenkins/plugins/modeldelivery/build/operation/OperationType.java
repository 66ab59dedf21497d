package io.jenkins.plugins.modeldelivery.build.operation;

import java.util.Locale;

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

    /** Of its section in a {@code delivery.yaml}, and of its part in what is stored. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As Jenkinsfiles name it. */
    public String step() {
        return step;
    }
}
