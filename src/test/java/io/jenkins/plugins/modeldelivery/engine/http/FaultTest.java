package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultTest {
    @AutoClose
    private final Http http = new Http();

    @Test
    void aTornReplyIsReadAgain() {
        http.answers(
                status(200).body("x".repeat(900)).onResponseBody(new SocketEffect.CloseSocket()),
                status(200).body("whole"));

        assertThat(http.send(http.call(Idempotency.SAFE)).body()).asString().isEqualTo("whole");
    }

    @Test
    void aTornReplyToOnceMayHaveArrived() {
        http.answers(status(200).body("x".repeat(900)).onResponseBody(new SocketEffect.CloseSocket()));

        assertThat(http.fails(http.call(Idempotency.ONCE), ErrorKind.UNREACHABLE)
                        .mayHaveArrived())
                .isTrue();
    }

    @Test
    void aReplyAsLongAsTheCapIsRead() {
        http.answers(status(200).body("x".repeat(1000)));

        assertThat(http.send(http.call(Idempotency.SAFE)).body()).hasSize(1000);
    }

    @Test
    void aLongReplyIsRefused() {
        http.answers(status(200).body("x".repeat(1001)));

        assertThat(http.fails(http.call(Idempotency.SAFE), ErrorKind.SERVER)).hasMessageContaining("1000 bytes");
    }

    @Test
    void aCompressedBombIsRefusedAfterTheCap() throws IOException {
        Buffer bomb = new Buffer();
        try (var gzip = Okio.buffer(new GzipSink(bomb))) {
            gzip.write(new byte[8 * 1024 * 1024]);
        }
        http.answers(status(200).body(bomb).addHeader("Content-Encoding", "gzip"));

        assertThat(http.fails(http.call(Idempotency.SAFE), ErrorKind.SERVER)).hasMessageContaining("1000 bytes");
    }

    @Test
    void aChunkedFloodIsRefused() {
        http.answers(status(200).chunkedBody("x".repeat(100_000), 1000));

        assertThat(http.fails(http.call(Idempotency.SAFE), ErrorKind.SERVER)).hasMessageContaining("1000 bytes");
    }

    @Test
    void aFloodOfHeadersIsRefusedInBoundedMemory() {
        MockResponse.Builder flood = status(200);
        for (int i = 0; i < 300; i++) {
            flood.addHeader("X-" + i, "x".repeat(1000));
        }
        http.answers(flood, flood, flood, flood, flood, flood);

        http.fails(http.call(Idempotency.SAFE), ErrorKind.UNREACHABLE);
        assertThat(http.server.getRequestCount()).isEqualTo(1 + HttpSettings.DEFAULTS.retries());
    }

    @Test
    void headersThatTrickleInEndInTheTotalTimeOut() {
        http.answers(status(200).throttleBody(1, 1, TimeUnit.SECONDS).onResponseStart(SocketEffect.Stall.INSTANCE));

        http.fails(call(Duration.ofMillis(300)), ErrorKind.TIMED_OUT);
    }

    @Test
    void aNameServiceThatIsSilentEndsInTheTotalTimeOut() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        http.useNames(HttpSettings.DEFAULTS, name -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of(InetAddress.getLoopbackAddress());
        });
        try {
            http.fails(call(Duration.ofMillis(300)), ErrorKind.TIMED_OUT);
        } finally {
            over.countDown();
        }
    }

    private HttpCall call(Duration timeout) {
        return new HttpCall(
                "GET", http.uri("/"), Map.of(), Optional.empty(), Idempotency.ONCE, timeout, 1000, "list models", true);
    }

    @Test
    void aSilentServerEndsInTheTotalTimeOut() {
        http.answers(status(200).onResponseStart(SocketEffect.Stall.INSTANCE));
        assertThat(http.fails(call(Duration.ofMillis(200)), ErrorKind.TIMED_OUT).mayHaveArrived())
                .isTrue();
    }

    @Test
    void aSlowBodyEndsInTheTotalTimeOut() {
        http.answers(status(200).body("x".repeat(900)).throttleBody(1, 1, TimeUnit.SECONDS));
        http.fails(call(Duration.ofMillis(300)), ErrorKind.TIMED_OUT);
    }

    @Test
    void aFileThatShrinksIsALocalError() {
        http.answers(status(200), status(200));

        HttpCall call = Http.call("PUT", http.uri("/"), Idempotency.IDEMPOTENT, Optional.of(lying(5000)));

        assertThat(http.fails(call, ErrorKind.LOCAL_IO)).hasMessageContaining("5000 bytes were announced");
        assertThat(http.pauses).isEmpty();
    }

    @Test
    void aFileThatGrowsIsALocalError() {
        http.answers(status(200), status(200));

        HttpCall call = Http.call("PUT", http.uri("/"), Idempotency.IDEMPOTENT, Optional.of(lying(5)));

        assertThat(http.fails(call, ErrorKind.LOCAL_IO)).hasMessageContaining("more");
    }

    private static HttpCall.Body lying(long length) {
        Http.Text text = Http.Text.of("1234567");
        return new HttpCall.Body() {
            @Override
            public String type() {
                return text.type();
            }

            @Override
            public long length() {
                return length;
            }

            @Override
            public InputStream open() {
                return text.open();
            }
        };
    }

    @Test
    void aDownloadStreamsAndStartsAgainWhenTorn() {
        http.answers(
                status(200).body("x".repeat(900)).onResponseBody(new SocketEffect.CloseSocket()),
                status(200).body("whole"));
        ByteArrayOutputStream into = new ByteArrayOutputStream();
        AtomicInteger calls = new AtomicInteger();

        http.transport()
                .download(
                        http.call(Idempotency.SAFE),
                        (body, length) -> {
                            into.reset();
                            calls.incrementAndGet();
                            body.transferTo(into);
                        },
                        Cancellation.NONE);

        assertThat(into).hasToString("whole");
        assertThat(calls).hasValue(2);
    }

    @Test
    void aSinkThatFailsIsALocalError() {
        http.answers(status(200).body("bytes"));

        TransportException failure = catchThrowableOfType(
                TransportException.class,
                () -> http.transport()
                        .download(
                                http.call(Idempotency.SAFE),
                                (body, length) -> {
                                    throw new IOException("No space left on device");
                                },
                                Cancellation.NONE));

        assertThat(failure.kind()).isEqualTo(ErrorKind.LOCAL_IO);
        assertThat(failure).hasMessageContaining("No space left");
    }

    @Test
    void anErrorReplyDoesNotReachTheSink() {
        http.answers(status(404).body("gone"));

        HttpReply reply = http.transport()
                .download(
                        http.call(Idempotency.SAFE),
                        (body, length) -> {
                            throw new IOException("must not be called");
                        },
                        Cancellation.NONE);

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.body()).asString().isEqualTo("gone");
    }
}
