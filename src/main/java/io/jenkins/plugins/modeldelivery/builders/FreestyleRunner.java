package io.jenkins.plugins.modeldelivery.builders;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.operation.AbortTimeout;
import io.jenkins.plugins.modeldelivery.build.operation.BuildLog;
import io.jenkins.plugins.modeldelivery.build.operation.BuildOperation;
import io.jenkins.plugins.modeldelivery.build.operation.OperationRequest;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryThreads;
import io.jenkins.plugins.modeldelivery.build.runtime.ThreadLane;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Moves an operation to its end while the executor's thread waits. Each tick runs on a thread of ours, so that an abort, which
 * interrupts the executor's, is heeded even while a server hangs. For one use by one thread.
 */
final class FreestyleRunner {
    private static final Logger LOGGER = Logger.getLogger(FreestyleRunner.class.getName());
    /** Longer than any build. */
    private static final Duration FOREVER = Duration.ofDays(3650);

    private final FreestyleScope scope;
    private ThreadLane lane;
    private final Clock clock;
    private final CancellationSource cancellation = new CancellationSource();
    private final Signals signals = new Signals();
    private final BuildOperation operation;
    private CompletableFuture<Progress> tick = CompletableFuture.completedFuture(null);
    /** When what was aborted is not waited for any more; null as long as nobody aborted. */
    private Instant giveUp;

    private String told = "";

    FreestyleRunner(FreestyleScope scope, OperationRequest request, Clock clock) {
        this.scope = scope;
        this.lane = ThreadLane.beginning(request.type());
        this.clock = clock;
        this.operation = new BuildOperation(scope, request, Optional.empty(), cancellation, signals);
    }

    /**
     * Runs an operation with the variables of its build, and marks the build as the outcome asks.
     *
     * @param step null if the job's configuration lacks it
     * @throws AbortException if the build is to fail
     * @throws InterruptedException if it was aborted
     */
    static void run(@CheckForNull DeliveryStep step, AbstractBuild<?, ?> build, BuildListener listener)
            throws InterruptedException, IOException {
        if (step == null) {
            throw new AbortException(
                    "The configuration of this job names no operation here. Configure the job, and save it.");
        }
        FreestyleScope scope = FreestyleScope.of(build, listener);
        Outcome outcome =
                new FreestyleRunner(scope, step.request(scope.environment()::expand), Clock.systemUTC()).run();
        BuildLog.printEnd(outcome, build, listener);
        DeliveryVariables.add(build, outcome);
        if (outcome.effect() == Outcome.Effect.FAILURE) {
            throw new AbortException(outcome.message());
        }
        if (outcome.effect() == Outcome.Effect.UNSTABLE) {
            build.setResult(Result.UNSTABLE);
        }
    }

    /** What the operation says to its driver. */
    private static final class Signals implements BuildOperation.Driver {
        private final Semaphore wake = new Semaphore(0);

        @Override
        public boolean prepared(String slot) {
            // A freestyle build does not live through a restart, so nobody will ask for it.
            return true;
        }

        @Override
        public void wake() {
            wake.release();
        }

        void await(Duration longest) throws InterruptedException {
            if (wake.tryAcquire(Math.max(0, longest.toMillis()), TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
        }
    }

    /**
     * @throws InterruptedException if the build was aborted, after what was begun has been taken back or the grace period is
     *     over
     * @throws AbortException with one sentence for people
     */
    private Outcome run() throws InterruptedException, IOException {
        try {
            while (true) {
                Progress progress = tick();
                if (progress instanceof Progress.Waiting wait) {
                    tell(wait.reason());
                    pause(wait.pause());
                } else if (progress instanceof Progress.NeedsApproval approval) {
                    pause(approval.deadline().map(this::until).orElse(FOREVER));
                } else {
                    return ended(operation.end(progress));
                }
            }
        } finally {
            // What still hangs lets go of the operation when it ends.
            tick.whenComplete((progress, failure) -> operation.close());
        }
    }

    private Outcome ended(Outcome outcome) throws InterruptedException {
        tell(outcome);
        if (giveUp != null) {
            throw new InterruptedException();
        }
        return outcome;
    }

    private Progress tick() throws InterruptedException, IOException {
        ThreadLane on = giveUp == null ? lane : ThreadLane.STOPPING;
        tick = CompletableFuture.supplyAsync(
                () -> advance(on), task -> DeliveryThreads.get().run(task, on));
        while (true) {
            try {
                return tick.get(atMost(FOREVER).toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                abort(e);
            } catch (TimeoutException e) {
                throw tooLate();
            } catch (ExecutionException e) {
                throw failed(e.getCause());
            }
        }
    }

    private Progress advance(ThreadLane on) {
        Progress progress = operation.advance(on);
        lane = operation.lane();
        return progress;
    }

    private void pause(Duration pause) throws InterruptedException {
        try {
            signals.await(atMost(pause));
            if (giveUp != null && !clock.instant().isBefore(giveUp)) {
                throw tooLate();
            }
        } catch (InterruptedException e) {
            abort(e);
        }
    }

    /** The first abort asks the operation to stop and to take back what it must; a second one does not wait for that. */
    private void abort(InterruptedException e) throws InterruptedException {
        if (giveUp != null) {
            throw e;
        }
        giveUp = clock.instant().plus(AbortTimeout.period());
        cancellation.cancel();
    }

    private Duration atMost(Duration wanted) {
        if (giveUp == null) {
            return wanted;
        }
        Duration grace = Duration.between(clock.instant(), giveUp);
        return grace.compareTo(wanted) < 0 ? grace : wanted;
    }

    /** A little later, so that anybody who looks at the time then agrees. */
    private Duration until(Instant deadline) {
        return Duration.between(clock.instant(), deadline).plusMillis(10);
    }

    private InterruptedException tooLate() {
        say("stopped      before everything was restored. See the record of the model and the serving" + " target.");
        return new InterruptedException();
    }

    private IOException failed(Throwable cause) throws InterruptedException {
        if (!(cause instanceof DeliveryException problem)) {
            return new IOException(cause);
        }
        if (giveUp == null) {
            operation.failed(problem);
            return new AbortException(problem.getMessage());
        }
        if (problem.kind() != ErrorKind.CANCELLED) {
            say("stopped      " + problem.getMessage());
        }
        throw new InterruptedException();
    }

    /** Whether all could be told or not, the outcome is what it is. */
    private void tell(Outcome outcome) throws InterruptedException {
        try {
            operation.tell(outcome).get();
        } catch (ExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> "Nobody was told of " + outcome.summary());
        }
    }

    private void tell(String reason) {
        if (!reason.isEmpty() && !reason.equals(told)) {
            told = reason;
            say("waiting      " + reason);
        }
    }

    private void say(String line) {
        scope.listener().getLogger().println(line);
    }
}
