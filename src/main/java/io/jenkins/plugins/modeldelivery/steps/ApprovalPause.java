package io.jenkins.plugins.modeldelivery.steps;

import io.jenkins.plugins.modeldelivery.configuration.InstalledPlugins;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;

/** Tells Pipeline's statistics that a step waits for people and not for machines. */
final class ApprovalPause {
    private static final Logger LOGGER = Logger.getLogger(ApprovalPause.class.getName());
    private static final String CAUSE = "Model Delivery approval";

    private ApprovalPause() {}

    static void begin(StepContext context) {
        with(context, node -> {
            if (!PauseAction.isPaused(node)) {
                node.addAction(new PauseAction(CAUSE));
            }
        });
    }

    static void end(StepContext context) {
        with(context, node -> {
            if (PauseAction.isPaused(node)) {
                PauseAction.endCurrentPause(node);
            }
        });
    }

    private static void with(StepContext context, Change change) {
        if (!InstalledPlugins.has("workflow-support")) {
            return;
        }
        FlowNode node = StepScope.node(context);
        if (node != null) {
            try {
                change.on(node);
            } catch (IOException e) {
                LOGGER.log(Level.FINE, "No pause of the step", e);
            }
        }
    }

    private interface Change {
        void on(FlowNode node) throws IOException;
    }
}
