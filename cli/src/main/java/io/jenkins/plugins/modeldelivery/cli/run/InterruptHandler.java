package io.jenkins.plugins.modeldelivery.cli.run;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C: asks the operation to stop, and gives it time to take back what it has begun. */
final class InterruptHandler implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final CancellationSource source = new CancellationSource();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "interrupt");

    private InterruptHandler() {}

    static InterruptHandler install() {
        InterruptHandler interrupts = new InterruptHandler();
        Runtime.getRuntime().addShutdownHook(interrupts.hook);
        return interrupts;
    }

    Cancellation cancellation() {
        return source;
    }

    private void stop() {
        source.cancel();
        try {
            ended.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        if (!source.requested()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
