package io.jenkins.plugins.modeldelivery.steps;

import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryThreads;
import io.jenkins.plugins.modeldelivery.build.runtime.ThreadLane;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs the ticks of a step, one at a time, after pauses that hold no thread. Thread-safe. */
final class TickScheduler {
    private static final Logger LOGGER = Logger.getLogger(TickScheduler.class.getName());
    private static final double GROWTH = 1.2;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final String name;
    private final Supplier<ThreadLane> lane;
    private final Consumer<ThreadLane> tick;
    private boolean running;
    private boolean again;
    private ScheduledFuture<?> wakeUp;
    private Duration lastPause = Duration.ZERO;
    private String lastReason = "";

    /**
     * @param lane where the next tick runs
     * @param tick gets the lane that it runs on; never throws
     */
    TickScheduler(String name, Supplier<ThreadLane> lane, Consumer<ThreadLane> tick) {
        this.name = name;
        this.lane = lane;
        this.tick = tick;
    }

    void scheduleNow() {
        schedule(Duration.ZERO);
    }

    /** Takes the place of what was scheduled before. */
    synchronized void schedule(Duration pause) {
        if (wakeUp != null) {
            wakeUp.cancel(false);
        }
        wakeUp = pause.isZero() ? null : DeliveryThreads.get().schedule(this::submit, pause);
        if (pause.isZero()) {
            submit();
        }
    }

    /**
     * After a pause that grows as long as its reason stays the same.
     *
     * @return whether there is a reason, and it is new
     */
    synchronized boolean schedule(Progress.Waiting wait) {
        Duration asked = wait.pause();
        if (asked.isZero()) {
            scheduleNow();
            return false;
        }
        boolean news = !wait.reason().isEmpty() && !wait.reason().equals(lastReason);
        lastReason = wait.reason();
        Duration grown = news ? Duration.ZERO : Duration.ofMillis((long) (lastPause.toMillis() * GROWTH));
        Duration next = grown.compareTo(asked) > 0 ? grown : asked;
        boolean tooLong = next.compareTo(LONGEST_PAUSE) > 0 && asked.compareTo(LONGEST_PAUSE) < 0;
        lastPause = tooLong ? LONGEST_PAUSE : next;
        schedule(lastPause);
        return news;
    }

    private void submit() {
        try {
            ThreadLane on = lane.get();
            DeliveryThreads.get().run(() -> run(on), on);
        } catch (RejectedExecutionException e) {
            LOGGER.log(Level.FINE, e, () -> name + " goes on after the restart");
        }
    }

    /** Anybody who comes meanwhile has it done once more afterwards. */
    private void run(ThreadLane on) {
        synchronized (this) {
            if (running) {
                again = true;
                return;
            }
            running = true;
        }
        try {
            tick.accept(on);
        } finally {
            boolean once;
            synchronized (this) {
                running = false;
                once = again;
                again = false;
            }
            if (once) {
                submit();
            }
        }
    }
}
