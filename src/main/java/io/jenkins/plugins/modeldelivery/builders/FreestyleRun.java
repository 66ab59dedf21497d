package io.jenkins.plugins.modeldelivery.builders;

import hudson.AbortException;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.build.operation.OutcomeLog;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import java.io.IOException;
import java.time.Clock;

/** A step in a freestyle build: its variables before, and what it means for the build after. */
final class FreestyleRun {
    private FreestyleRun() {}

    /**
     * @throws AbortException if the build is to fail
     * @throws InterruptedException if it was aborted
     */
    static void run(DeliveryStep step, AbstractBuild<?, ?> build, BuildListener listener)
            throws InterruptedException, IOException {
        if (step == null) {
            throw new AbortException(
                    "The configuration of this job names no step here. Configure the job, and save it.");
        }
        FreestyleScope scope = FreestyleScope.of(build, listener);
        Outcome outcome =
                new FreestyleRunner(scope, step.request(scope.environment()::expand), Clock.systemUTC()).run();
        OutcomeLog.print(outcome, build, listener);
        DeliveryVariables.add(build, outcome);
        switch (outcome.effect()) {
            case FAILURE -> throw new AbortException(outcome.message());
            case UNSTABLE -> build.setResult(Result.UNSTABLE);
            case SUCCESS -> {
                // Nothing to be marked.
            }
        }
    }
}
