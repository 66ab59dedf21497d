package io.jenkins.plugins.modeldelivery.engine.model;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits. The one place where a thread of the engine waits for time to pass; tests give one that does not. */
@FunctionalInterface
public interface Pause {
    /** Really waits. */
    Pause REAL = (duration, cancellation) -> {
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
        try {
            if (cancelled.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                cancellation.throwIfRequested();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException(Problem.CANCELLED, "Interrupted while waiting", e);
        } finally {
            registration.close();
        }
    };

    /**
     * @param duration zero or less does not wait
     * @throws DeliveryException {@link Problem#CANCELLED} as soon as cancellation is asked for or the thread is interrupted
     */
    void pause(Duration duration, Cancellation cancellation);
}
