package io.jenkins.plugins.modeldelivery.architecture.samples.engine;

import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.architecture.samples.steps.Blocking;

/** An engine that looks up to a step, and to Jenkins. */
public final class Upward {
    private Upward() {}

    public static boolean looks(Run<?, ?> run, Blocking step) {
        return run.isBuilding() && step.start();
    }
}
