package io.jenkins.plugins.modeldelivery.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Dns;

/** A faulty server, a transport whose pauses take no time, and calls between them. */
final class Http implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Duration MINUTE = Duration.ofMinutes(1);

    final MockWebServer server = new MockWebServer();
    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private OkHttpTransport transport;

    Http() {
        start();
    }

    /** By TLS. */
    Http(SSLSocketFactory certificates) {
        server.useHttps(certificates);
        start();
    }

    private void start() {
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        use(HttpSettings.DEFAULTS);
    }

    void use(HttpSettings settings) {
        use(settings, (duration, cancellation) -> {
            pauses.add(duration);
            cancellation.throwIfRequested();
        });
    }

    void use(HttpSettings settings, Sleeper pause) {
        if (transport != null) {
            transport.close();
        }
        transport = new OkHttpTransport(settings, CLOCK, pause);
    }

    /** @param names in place of the system's resolver */
    void useNames(HttpSettings settings, Dns names) {
        transport.close();
        transport = new OkHttpTransport(settings, CLOCK, (duration, cancellation) -> pauses.add(duration), names);
    }

    OkHttpTransport transport() {
        return transport;
    }

    URI uri(String path) {
        return server.url(path).uri();
    }

    static MockResponse.Builder status(int code) {
        return new MockResponse.Builder().code(code);
    }

    Http answers(MockResponse.Builder... replies) {
        for (MockResponse.Builder reply : replies) {
            server.enqueue(reply.build());
        }
        return this;
    }

    HttpCall call(Idempotency idempotency) {
        return call(idempotency == Idempotency.SAFE ? "GET" : "POST", uri("/api"), idempotency, Optional.empty());
    }

    static HttpCall call(String method, URI uri, Idempotency idempotency, Optional<HttpCall.Body> body) {
        return new HttpCall(method, uri, Map.of(), body, idempotency, MINUTE, 1000, "list models", true);
    }

    HttpReply send(HttpCall call) {
        return transport.send(call, Cancellation.NONE);
    }

    TransportException fails(HttpCall call, ErrorKind problem) {
        TransportException failure = catchThrowableOfType(TransportException.class, () -> send(call));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(problem);
        assertThat(failure).hasMessageStartingWith("Cannot list models at http");
        return failure;
    }

    @Override
    public void close() {
        transport.close();
        server.close();
    }

    /** A body that counts how often it was opened. */
    record Text(String text, AtomicInteger opened) implements HttpCall.Body {
        static Text of(String text) {
            return new Text(text, new AtomicInteger());
        }

        @Override
        public String type() {
            return "text/plain";
        }

        @Override
        public long length() {
            return text.length();
        }

        @Override
        public InputStream open() {
            opened.incrementAndGet();
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
