package io.jenkins.plugins.modeldelivery.steps;

import hudson.AbortException;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.build.operation.BuildLog;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What the outcome of an operation means for a Pipeline: its value or its failure, and what views of the Pipeline show at the
 * step, which is a label that says what came of it, and a warning.
 */
final class StepEnd {
    private static final int LONGEST_LABEL = 100;

    private final StepContext context;
    private final Run<?, ?> run;
    private final TaskListener listener;

    StepEnd(StepContext context, Run<?, ?> run, TaskListener listener) {
        this.context = context;
        this.run = run;
        this.listener = listener;
    }

    void end(Outcome outcome) {
        BuildLog.printEnd(outcome, run, listener);
        FlowNode node = StepScope.node(context);
        if (node != null && node.getAction(LabelAction.class) == null) {
            String text = outcome.summary();
            node.addAction(new LabelAction(text.length() > LONGEST_LABEL ? text.substring(0, LONGEST_LABEL) : text));
        }
        if (outcome.effect() == Outcome.Effect.FAILURE) {
            context.onFailure(new AbortException(outcome.message()));
            return;
        }
        if (outcome.effect() == Outcome.Effect.UNSTABLE) {
            context.setResult(Result.UNSTABLE);
        }
        if (node != null && outcome.warns()) {
            node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(outcome.summary()));
        }
        context.onSuccess(DeliveryResult.of(outcome));
    }
}
