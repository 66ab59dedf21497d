package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CancelTest {
    private final CancellationSource source = new CancellationSource();

    @AutoClose
    private final Http http = new Http();

    private void endsWhenCancelled(CompletableFuture<?> running) {
        source.cancel();
        CompletionException e = catchThrowableOfType(
                CompletionException.class,
                () -> running.orTimeout(10, TimeUnit.SECONDS).join());
        assertThat(e.getCause())
                .isInstanceOfSatisfying(
                        TransportException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED));
    }

    @Test
    void whileTheServerIsSilent() throws Exception {
        http.answers(status(200).onResponseStart(SocketEffect.Stall.INSTANCE));
        CompletableFuture<?> running =
                CompletableFuture.runAsync(() -> http.transport().send(http.call(Idempotency.ONCE), source));
        http.server.takeRequest();

        endsWhenCancelled(running);
    }

    @Test
    void whileTheBodyTrickles() throws Exception {
        http.answers(status(200).body("x".repeat(900)).throttleBody(1, 1, TimeUnit.SECONDS));
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<?> running = CompletableFuture.runAsync(() -> http.transport()
                .download(
                        http.call(Idempotency.SAFE),
                        (body, length) -> {
                            assertThat(body.read()).isEqualTo('x');
                            first.countDown();
                            assertThat(body.readAllBytes())
                                    .as("never ends in time")
                                    .isNull();
                        },
                        source));
        first.await();

        endsWhenCancelled(running);
    }

    @Test
    void whilePausingBeforeARetry() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        http.use(HttpSettings.DEFAULTS, (duration, cancellation) -> {
            pausing.countDown();
            Sleeper.REAL.pause(duration, cancellation);
        });
        http.answers(status(503).addHeader("Retry-After", "50"));
        CompletableFuture<?> running =
                CompletableFuture.runAsync(() -> http.transport().send(http.call(Idempotency.SAFE), source));
        pausing.await();

        endsWhenCancelled(running);
    }

    @Test
    void beforeItStarts() {
        source.cancel();

        TransportException failure = catchThrowableOfType(
                TransportException.class, () -> http.transport().send(http.call(Idempotency.ONCE), source));

        assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(failure.mayHaveArrived()).isFalse();
        assertThat(http.server.getRequestCount()).isZero();
    }

    @Test
    void interruptionCancelsToo() {
        http.answers(status(200).onResponseStart(SocketEffect.Stall.INSTANCE));
        Thread.currentThread().interrupt();

        TransportException failure = catchThrowableOfType(
                TransportException.class, () -> http.transport().send(http.call(Idempotency.ONCE), Cancellation.NONE));

        assertThat(failure.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
    }
}
