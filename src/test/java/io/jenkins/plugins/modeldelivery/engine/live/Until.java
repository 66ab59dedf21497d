package io.jenkins.plugins.modeldelivery.engine.live;

import java.util.concurrent.TimeUnit;

/** Waits for a condition, and says what was instead if it does not come true. */
public final class Until {
    private static final long PAUSE_MILLIS = 20;

    private Until() {}

    /** What may fail as remote calls do. */
    public interface Asked<T, X extends Throwable> {
        T get() throws X;
    }

    /** @throws AssertionError that ends with {@code instead} if it was not true within that time */
    public static <X extends Throwable> void within(
            int seconds, Asked<Boolean, X> condition, Asked<String, ? extends X> instead)
            throws X, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + seconds + " s: " + instead.get());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
