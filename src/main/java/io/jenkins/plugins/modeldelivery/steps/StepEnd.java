package io.jenkins.plugins.modeldelivery.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.build.operation.OutcomeLog;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What the outcome of an operation means for a Pipeline: its value, its marks, or its failure. */
final class StepEnd {
    private final StepContext context;
    private final Run<?, ?> run;
    private final TaskListener listener;

    StepEnd(StepContext context, Run<?, ?> run, TaskListener listener) {
        this.context = context;
        this.run = run;
        this.listener = listener;
    }

    void end(Outcome outcome) {
        OutcomeLog.print(outcome, run, listener);
        NodeMarks marks = new NodeMarks(context);
        marks.label(outcome.summary());
        if (outcome.effect() == Outcome.Effect.FAILURE) {
            context.onFailure(new AbortException(outcome.message()));
            return;
        }
        if (outcome.effect() == Outcome.Effect.UNSTABLE) {
            context.setResult(Result.UNSTABLE);
        }
        if (outcome.warns()) {
            marks.warning(Result.UNSTABLE, outcome.summary());
        }
        context.onSuccess(DeliveryResult.of(outcome));
    }
}
