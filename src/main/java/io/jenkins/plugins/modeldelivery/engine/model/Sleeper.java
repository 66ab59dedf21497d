package io.jenkins.plugins.modeldelivery.engine.model;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits. The one place where a thread of the engine waits for time to pass; tests give one that does not. */
@FunctionalInterface
public interface Sleeper {
    Sleeper REAL = (duration, cancellation) -> {
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
        try {
            if (cancelled.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                cancellation.throwIfRequested();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorKind.CANCELLED.error("Interrupted while waiting", e);
        } finally {
            registration.close();
        }
    };

    /** As {@link #REAL}, for threads that many share: a caller that has to wait longer comes back later. */
    Sleeper BRIEF = new Sleeper() {
        @Override
        public void pause(Duration duration, Cancellation cancellation) {
            REAL.pause(duration, cancellation);
        }

        @Override
        public Duration longest() {
            return Duration.ofSeconds(1);
        }
    };

    /** What takes longer than this is left to the caller, who has no thread while it waits. */
    default Duration longest() {
        return Duration.ofDays(1);
    }

    /**
     * @param duration zero or less does not wait
     * @throws DeliveryException {@link ErrorKind#CANCELLED} as soon as cancellation is asked for or the thread is interrupted
     */
    void pause(Duration duration, Cancellation cancellation);
}
