package io.jenkins.plugins.modeldelivery.steps;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.build.operation.BuildScope;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What surrounds a step, asked of its context each time: nothing of it lives through a restart. */
record StepScope(StepContext context, OperationType type) implements BuildScope {
    private static final Logger LOGGER = Logger.getLogger(StepScope.class.getName());

    @Override
    public Run<?, ?> run() {
        return need(Run.class, "build");
    }

    @Override
    public TaskListener listener() {
        return listener(context);
    }

    static TaskListener listener(StepContext context) {
        try {
            TaskListener listener = context.get(TaskListener.class);
            return listener == null ? TaskListener.NULL : listener;
        } catch (IOException e) {
            return TaskListener.NULL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TaskListener.NULL;
        }
    }

    /** Null if the context has none, or does not know. */
    @CheckForNull
    static FlowNode node(StepContext context) {
        try {
            return context.get(FlowNode.class);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No node of the step", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    @Override
    public FilePath workspace() {
        FilePath workspace;
        try {
            workspace = context.get(FilePath.class);
        } catch (IOException e) {
            throw ErrorKind.UNREACHABLE.error("The agent of the workspace is offline: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (workspace == null) {
            throw ErrorKind.INVALID_INPUT.error(
                    type.step() + " reads files of the workspace, so it must run inside node { … } or on an agent.");
        }
        return workspace;
    }

    @Override
    public EnvVars environment() {
        return need(EnvVars.class, "environment");
    }

    private <T> T need(Class<T> type, String what) {
        try {
            T found = context.get(type);
            if (found != null) {
                return found;
            }
        } catch (IOException e) {
            throw ErrorKind.UNREACHABLE.error("The " + what + " is not ready: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        throw ErrorKind.UNREACHABLE.error("The " + what + " is not ready.");
    }

    private static DeliveryException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return ErrorKind.CANCELLED.error("Interrupted", e);
    }
}
