package io.jenkins.plugins.modeldelivery.steps;

import hudson.AbortException;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.build.operation.AbortTimeout;
import io.jenkins.plugins.modeldelivery.build.operation.BuildOperation;
import io.jenkins.plugins.modeldelivery.build.operation.OperationRequest;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryThreads;
import io.jenkins.plugins.modeldelivery.build.runtime.ThreadLane;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * The one execution of all steps: moves an operation from tick to tick, with neither executor nor thread between them. What
 * is stored are texts only; after a restart the operation goes on as its journal in the build's directory says.
 */
final class DeliveryExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(DeliveryExecution.class.getName());

    /** Name of the {@link OperationType}; stored with the Pipeline under this name. */
    private final String verb;

    private final String request;
    /** Where the operation keeps itself in the build's directory; null until it is prepared. */
    private volatile String slot;

    private transient volatile BuildOperation operation;
    private transient volatile CancellationSource cancellation;
    private transient volatile Throwable stopCause;
    private transient volatile String status;
    /** Where the next piece of work runs, as far as the last one knew. */
    private transient volatile ThreadLane lane;

    private transient volatile TickScheduler ticks;
    private transient volatile AtomicBoolean settled;
    /** Whether the pause that statistics see has perhaps not ended; after a restart nobody knows. */
    private transient volatile boolean paused;

    DeliveryExecution(StepContext context, OperationType type, String request) {
        super(context);
        this.verb = type.name();
        this.request = request;
        refresh();
    }

    /** What is not stored begins anew, the budget of failures included. */
    private void refresh() {
        cancellation = new CancellationSource();
        settled = new AtomicBoolean();
        ticks = new TickScheduler(verb, this::nextLane, this::tick);
        paused = true;
        status = "starting";
        lane = ThreadLane.beginning(OperationType.valueOf(verb));
    }

    private Object readResolve() {
        refresh();
        return this;
    }

    @Override
    public boolean start() {
        ticks.scheduleNow();
        return false;
    }

    @Override
    public void onResume() {
        status = Messages.DeliveryExecution_continuesAfterARestart();
        ticks.scheduleNow();
    }

    @Override
    public String getStatus() {
        return status;
    }

    /** Whatever is under way is repeated or looked up after the restart. */
    @Override
    public boolean blocksRestart() {
        return false;
    }

    @Override
    public void stop(Throwable cause) {
        boolean again = stopCause != null;
        stopCause = cause;
        status = "stopping";
        cancellation.cancel();
        if (again) {
            settle(() -> getContext().onFailure(cause));
            return;
        }
        ticks.scheduleNow();
        DeliveryThreads.get().schedule(this::giveUp, AbortTimeout.period());
    }

    /** The server hangs, or taking back takes too long. The journal stays and says how far it came. */
    private void giveUp() {
        settle(() -> {
            listener()
                    .getLogger()
                    .println("stopped      before everything was restored. See the record of the model and the serving"
                            + " target.");
            getContext().onFailure(stopCause);
        });
    }

    /** Anybody who stops a step must not wait behind a thousand that ask how far their servers are. */
    private ThreadLane nextLane() {
        return stopCause == null ? lane : ThreadLane.STOPPING;
    }

    private void tick(ThreadLane on) {
        if (settled.get()) {
            close();
        } else {
            advanceSafely(on);
        }
    }

    /** Never throws: what is not caught here would be a step that hangs for ever. */
    private void advanceSafely(ThreadLane on) {
        try {
            advance(on);
        } catch (DeliveryException e) {
            failed(e);
        } catch (Throwable e) {
            if (goesOnLater()) {
                return;
            }
            LOGGER.log(Level.WARNING, e, () -> verb + " failed");
            close();
            settle(() -> getContext().onFailure(e));
        }
    }

    /** What goes wrong while the controller goes down, goes wrong because of that, and is tried again when it is back. */
    private boolean goesOnLater() {
        return stopCause == null && DeliveryThreads.get().ending();
    }

    private void failed(DeliveryException e) {
        if (goesOnLater()) {
            return;
        }
        // The interruption was meant for the call, not for what ends the step.
        Thread.interrupted();
        close();
        Throwable cause = stopCause;
        if (cause == null && operation != null) {
            operation.failed(e);
        }
        settle(() -> getContext().onFailure(cause == null ? new AbortException(e.getMessage()) : cause));
    }

    private void advance(ThreadLane on) {
        BuildOperation current = operation();
        Progress progress = current.advance(on);
        lane = current.lane();
        if (paused && !(progress instanceof Progress.NeedsApproval)) {
            ApprovalPause.end(getContext());
            paused = false;
        }
        if (progress instanceof Progress.Waiting wait) {
            pause(wait);
        } else if (progress instanceof Progress.NeedsApproval approval) {
            status = Messages.DeliveryExecution_waitingForApproval();
            paused = true;
            ApprovalPause.begin(getContext());
            approval.deadline()
                    .ifPresent(deadline ->
                            ticks.schedule(Duration.between(Clock.systemUTC().instant(), deadline)
                                    .plusMillis(10)));
        } else {
            finish(current.end(progress));
        }
    }

    private BuildOperation operation() {
        if (operation == null) {
            OperationType its = OperationType.valueOf(verb);
            operation = new BuildOperation(
                    new StepScope(getContext(), its),
                    OperationRequest.parse(its, request),
                    Optional.ofNullable(slot),
                    cancellation,
                    new Driver());
        }
        return operation;
    }

    /** What the operation asks of its driver. */
    private final class Driver implements BuildOperation.Driver {
        private Future<?> saving;

        @Override
        public boolean prepared(String taken) {
            if (saving == null) {
                slot = taken;
                saving = getContext().saveState();
            }
            if (!saving.isDone()) {
                // The thread that runs the script stores it, and that may be busy for long.
                return false;
            }
            try {
                saving.get();
                return true;
            } catch (ExecutionException e) {
                throw ErrorKind.LOCAL_IO.error(
                        "Cannot store the state of the build: " + e + ". Nothing was done after it.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ErrorKind.CANCELLED.error("Interrupted", e);
            }
        }

        @Override
        public void wake() {
            ticks.scheduleNow();
        }
    }

    private void pause(Progress.Waiting wait) {
        if (!wait.pause().isZero()) {
            status = wait.reason().isEmpty() ? "waiting" : wait.reason();
        }
        if (ticks.schedule(wait)) {
            listener().getLogger().println("waiting      " + wait.reason());
        }
    }

    private void finish(Outcome outcome) {
        CompletableFuture<Void> told = operation.tell(outcome);
        close();
        Throwable cause = stopCause;
        if (cause != null) {
            settle(() -> getContext().onFailure(cause));
            return;
        }
        StepEnd end = new StepEnd(getContext(), operation.run(), listener());
        told.whenComplete((nothing, failure) -> afterwards(end, outcome));
    }

    /** On a thread of ours: anybody who has told others may be a timer. */
    private void afterwards(StepEnd end, Outcome outcome) {
        if (goesOnLater()) {
            return;
        }
        DeliveryThreads.get().run(() -> settle(() -> end.end(outcome)), ThreadLane.OWN_WORK);
    }

    /** Never throws, since what comes after it ends the step. */
    private void close() {
        try {
            if (operation != null) {
                operation.close();
            }
        } catch (RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> verb + " could not be tidied up");
        }
    }

    /** Ends the step, anybody who comes first. */
    private void settle(Runnable ending) {
        if (settled.compareAndSet(false, true)) {
            status = "ending";
            try {
                ApprovalPause.end(getContext());
                if (operation != null) {
                    operation.withdraw();
                }
                ending.run();
            } catch (RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> verb + " could not end as it should");
                getContext().onFailure(e);
            }
        }
    }

    private TaskListener listener() {
        return StepScope.listener(getContext());
    }
}
