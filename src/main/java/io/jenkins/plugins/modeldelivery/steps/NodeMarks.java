package io.jenkins.plugins.modeldelivery.steps;

import hudson.model.Result;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What views of a Pipeline show at a step: a label that says what came of it, and a warning. */
final class NodeMarks {
    private static final Logger LOGGER = Logger.getLogger(NodeMarks.class.getName());
    private static final int LONGEST_LABEL = 100;

    private final StepContext context;

    NodeMarks(StepContext context) {
        this.context = context;
    }

    void label(String text) {
        FlowNode node = node();
        if (node != null && node.getAction(LabelAction.class) == null) {
            node.addAction(new LabelAction(text.length() > LONGEST_LABEL ? text.substring(0, LONGEST_LABEL) : text));
        }
    }

    void warning(Result result, String message) {
        FlowNode node = node();
        if (node != null) {
            node.addOrReplaceAction(new WarningAction(result).withMessage(message));
        }
    }

    private FlowNode node() {
        try {
            return context.get(FlowNode.class);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No node to mark", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
