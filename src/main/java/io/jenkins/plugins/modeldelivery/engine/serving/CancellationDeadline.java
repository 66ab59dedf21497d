package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A cancellation that also requests to stop at a time. */
record CancellationDeadline(Cancellation cancellation, Instant end, Clock clock) implements Cancellation {
    @Override
    public boolean requested() {
        return cancellation.requested() || !clock.instant().isBefore(end);
    }

    @Override
    public Registration onCancel(Runnable action) {
        AtomicBoolean open = new AtomicBoolean(true);
        Runnable once = () -> {
            if (open.compareAndSet(true, false)) {
                action.run();
            }
        };
        Registration inner = cancellation.onCancel(once);
        long left = Math.max(0, Duration.between(clock.instant(), end).toMillis());
        Executor later = CompletableFuture.delayedExecutor(left, TimeUnit.MILLISECONDS);
        CompletableFuture<Void> timer = CompletableFuture.runAsync(once, later);
        return () -> {
            open.set(false);
            timer.cancel(false);
            inner.close();
        };
    }
}
