package io.jenkins.plugins.modeldelivery.engine.http;

import static io.jenkins.plugins.modeldelivery.engine.http.Http.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class RetryTest {
    @AutoClose
    private final Http http = new Http();

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void repeatsWhatMayBeRepeated(int code) {
        http.answers(status(code), status(code), status(200).body("ok"));

        assertThat(http.send(http.call(Idempotency.IDEMPOTENT)).status()).isEqualTo(200);
        assertThat(http.pauses).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 409, 501})
    void anAnswerIsAnAnswer(int code) {
        http.answers(status(code).body("no"));

        assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(code);
        assertThat(http.server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"408", "500", "502", "503", "504"})
    void onceIsNotRepeatedAfterAnAnswerThatLeavesDoubt(int code) {
        http.answers(status(code));

        assertThat(http.send(http.call(Idempotency.ONCE)).status()).isEqualTo(code);
        assertThat(http.server.getRequestCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void onceIsRepeatedWhenTheServerDidNotAct(int code) {
        http.answers(status(code).addHeader("Retry-After", "3"), status(200));

        assertThat(http.send(http.call(Idempotency.ONCE)).status()).isEqualTo(200);
        assertThat(http.pauses)
                .singleElement()
                .satisfies(p -> assertThat(p).isGreaterThanOrEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void onceIsNeverSentTwiceWhenTheConnectionBreaks() {
        http.answers(status(200).onResponseStart(new SocketEffect.CloseSocket()), status(200));

        TransportException failure = http.fails(http.call(Idempotency.ONCE), ErrorKind.UNREACHABLE);

        assertThat(failure.mayHaveArrived()).isTrue();
        assertThat(http.server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void onceIsNeverSentTwiceOverAConnectionThatTheServerClosedMeanwhile() {
        http.answers(status(200).onResponseEnd(new SocketEffect.CloseSocket()), status(200));

        assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(200);
        assertThat(http.send(http.call(Idempotency.ONCE)).status()).isEqualTo(200);
        assertThat(http.server.getRequestCount()).isEqualTo(2);
    }

    @Test
    void onceIsRepeatedWhenItCertainlyDidNotArrive() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        HttpCall call =
                Http.call("POST", URI.create("http://127.0.0.1:" + port + "/"), Idempotency.ONCE, Optional.empty());

        assertThat(http.fails(call, ErrorKind.UNREACHABLE).mayHaveArrived()).isFalse();
        assertThat(http.pauses).hasSize(HttpSettings.DEFAULTS.retries());
    }

    @Test
    void aBodyIsOpenedAgain() throws Exception {
        http.answers(status(503), status(200).onResponseStart(new SocketEffect.CloseSocket()), status(200));
        Http.Text body = Http.Text.of("hello");

        HttpCall call = Http.call("PUT", http.uri("/f"), Idempotency.IDEMPOTENT, Optional.of(body));
        assertThat(http.send(call).status()).isEqualTo(200);

        assertThat(body.opened()).hasValue(3);
        for (int i = 0; i < 3; i++) {
            assertThat(http.server.takeRequest().getBody().utf8()).isEqualTo("hello");
        }
    }

    @Test
    void retryAfterMayBeADate() {
        http.answers(status(503).addHeader("Retry-After", "Sun, 01 Mar 2026 12:00:20 GMT"), status(200));

        http.send(http.call(Idempotency.SAFE));

        assertThat(http.pauses)
                .singleElement()
                .satisfies(p -> assertThat(p).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(21)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3600", "Sun, 01 Mar 2099 12:00:00 GMT"})
    void doesNotWaitLongerThanTheCallMayTake(String after) {
        http.answers(status(429).addHeader("Retry-After", after));

        assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(429);
        assertThat(http.pauses).isEmpty();
    }

    @Test
    void nonsenseInRetryAfterCountsAsAbsent() {
        http.answers(status(503).addHeader("Retry-After", "soon"));

        assertThat(http.send(http.call(Idempotency.ONCE)).status()).isEqualTo(503);
    }

    @Test
    void retriesAreABudgetOfTheWholeTransport() {
        for (int i = 0; i < 1000; i++) {
            http.answers(status(503));
        }
        int calls = 30;
        for (int i = 0; i < calls; i++) {
            assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(503);
        }

        assertThat(http.pauses.size()).isBetween(50, 50 + calls / 5);
        assertThat(http.server.getRequestCount()).isEqualTo(calls + http.pauses.size());
    }

    @Test
    void aServerThatFailsInsideIsNotAskedForLong() {
        http.answers(status(500), status(500), status(500));

        assertThat(http.send(http.call(Idempotency.SAFE)).status()).isEqualTo(500);
        assertThat(http.server.getRequestCount()).isEqualTo(3);
    }

    /** As on threads that many share. */
    private OkHttpTransport brief(Clock clock) {
        return new OkHttpTransport(HttpSettings.DEFAULTS, clock, new Sleeper() {
            @Override
            public void pause(Duration duration, Cancellation cancellation) {
                http.pauses.add(duration);
            }

            @Override
            public Duration longest() {
                return Sleeper.BRIEF.longest();
            }
        });
    }

    @Test
    void whoeverSharesThreadsWaitsBriefly() {
        for (int i = 0; i <= HttpSettings.DEFAULTS.retries(); i++) {
            http.answers(status(503));
        }
        try (OkHttpTransport transport = brief(Http.CLOCK)) {
            assertThat(transport
                            .send(http.call(Idempotency.SAFE), Cancellation.NONE)
                            .status())
                    .isEqualTo(503);
        }
        assertThat(http.pauses)
                .hasSizeLessThan(HttpSettings.DEFAULTS.retries())
                .allSatisfy(pause -> assertThat(pause).isLessThanOrEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void whoeverSharesThreadsComesBackWhenTheServerWants() {
        http.answers(status(429).addHeader("Retry-After", "30"), status(200), status(200));
        AtomicReference<Instant> now = new AtomicReference<>(Http.NOW);
        InstantSource source = now::get;
        Clock clock = source.withZone(ZoneOffset.UTC);
        try (OkHttpTransport transport = brief(clock)) {
            HttpCall call = http.call(Idempotency.SAFE);
            assertThat(transport.send(call, Cancellation.NONE).status()).isEqualTo(429);
            now.set(Http.NOW.plusSeconds(29));
            assertThatThrownBy(() -> transport.send(call, Cancellation.NONE))
                    .isInstanceOfSatisfying(TransportException.class, e -> {
                        assertThat(e.kind()).isEqualTo(ErrorKind.UNREACHABLE);
                        assertThat(e.mayHaveArrived()).isFalse();
                    })
                    .hasMessageContaining("2026-03-01T12:00:30Z");
            assertThat(http.server.getRequestCount()).isEqualTo(1);
            // What it said holds for it alone.
            HttpCall other = Http.call(
                    "GET",
                    URI.create(http.uri("/api").toString().replace("localhost", "127.0.0.1")),
                    Idempotency.SAFE,
                    Optional.empty());
            assertThat(transport.send(other, Cancellation.NONE).status()).isEqualTo(200);
            now.set(Http.NOW.plusSeconds(30));
            assertThat(transport.send(call, Cancellation.NONE).status()).isEqualTo(200);
        }
        assertThat(http.pauses).isEmpty();
    }

    @Test
    void aTransferWaitsWhereItIs() {
        http.answers(status(429).addHeader("Retry-After", "30"), status(200).body("file"));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OkHttpTransport transport = brief(Http.CLOCK)) {
            assertThat(transport
                            .download(
                                    http.call(Idempotency.SAFE), (in, length) -> in.transferTo(file), Cancellation.NONE)
                            .status())
                    .isEqualTo(200);
        }
        assertThat(file).hasToString("file");
        assertThat(http.pauses)
                .singleElement()
                .satisfies(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(30)));
    }
}
