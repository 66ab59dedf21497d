package io.jenkins.plugins.modeldelivery.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SleeperTest {
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void cancellationWakesIt() {
        CancellationSource source = new CancellationSource();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> Sleeper.REAL.pause(LONG, source));

        source.cancel();

        assertThatExceptionOfType(java.util.concurrent.CompletionException.class)
                .isThrownBy(waiting::join)
                .havingCause()
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    }

    @Test
    void interruptionEndsItAndIsKept() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> Sleeper.REAL.pause(LONG, Cancellation.NONE))
                .extracting(DeliveryException::kind)
                .isEqualTo(ErrorKind.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
    }
}
