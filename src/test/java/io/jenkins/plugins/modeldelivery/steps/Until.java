package io.jenkins.plugins.modeldelivery.steps;

import java.util.concurrent.TimeUnit;

/** Waits for a condition, and says what was instead if it does not come true. */
final class Until {
    private static final long PAUSE_MILLIS = 100;

    private Until() {}

    /** What may fail as remote calls do. */
    interface Asked<T> {
        T get() throws Throwable;
    }

    static void within(int seconds, Asked<Boolean> condition, Asked<String> instead) throws Throwable {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + seconds + " s: " + instead.get());
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
