package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What bounds a call to a serving target: a request to stop, and the time at which the whole rollout must have ended.
 *
 * @param deadline empty if only the usual time-outs of each request apply
 */
public record CallLimits(Cancellation cancellation, Optional<Instant> deadline, Clock clock) {
    /** Without a deadline nobody asks for the time. */
    private static final Clock UNUSED = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    public static CallLimits of(Cancellation cancellation) {
        return new CallLimits(cancellation, Optional.empty(), UNUSED);
    }

    /**
     * The time-out of one request: the usual one, or what is left if that is less.
     *
     * @throws DeliveryException TIMED_OUT if nothing is left
     */
    public Duration atMost(Duration usual) {
        if (deadline.isEmpty()) {
            return usual;
        }
        Duration left = Duration.between(clock.instant(), deadline.get());
        if (left.isNegative() || left.isZero()) {
            throw ErrorKind.TIMED_OUT.error("The time of the rollout is over.");
        }
        return left.compareTo(usual) < 0 ? left : usual;
    }

    /** For transfers, which no time-out of a single request bounds: requests to stop as soon as the deadline is over. */
    public Cancellation stop() {
        return deadline.<Cancellation>map(end -> new CancellationDeadline(cancellation, end, clock))
                .orElse(cancellation);
    }

    /** A cancellation that also requests to stop at a time. */
    private record CancellationDeadline(Cancellation cancellation, Instant end, Clock clock) implements Cancellation {
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
}
