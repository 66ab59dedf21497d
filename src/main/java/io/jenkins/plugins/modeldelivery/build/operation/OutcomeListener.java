package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.ExtensionPoint;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Duration;

/**
 * Is told what operations have come to, by whichever driver, on a thread that is neither Pipeline's nor an executor's. It may
 * ask servers: the step ends when all have been told, but at the latest after {@link OutcomeNotifier#PATIENCE}. What it throws is
 * logged and changes nothing.
 */
public interface OutcomeListener extends ExtensionPoint {
    /**
     * What has ended.
     *
     * @param took since it began, waiting and restarts included; never negative
     * @param listener the log of its build; says nothing if the build has none any more
     */
    record Ended(Run<?, ?> run, Outcome outcome, Duration took, TaskListener listener) {}

    /** Once for each operation, and once more if the controller went down before the step had ended. */
    void ended(Ended operation);

    /** An operation ended without an outcome, since what it needs is wrong or away. */
    default void failed(OperationType type, ErrorKind problem) {
        // Most have nothing to say of it.
    }
}
