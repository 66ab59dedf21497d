package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for something that becomes true. */
public final class Until {
    private static final long PAUSE_MILLIS = 50;

    private Until() {}

    /** Fails after a minute and a half. */
    public static void isTrue(String what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("too late: " + what).isLessThan(end);
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
