package io.jenkins.plugins.modeldelivery.engine.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A server that does what a real one will not do on demand, and a transport to it that pauses for no time. */
public final class FaultyServer implements AutoCloseable {
    static final String TOKEN = "k3y/with+odd=signs\"and-length";

    private final MockWebServer server = new MockWebServer();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Function<String, MockResponse> answers;

    public FaultyServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String asked = request.getMethod() + " " + request.getUrl().encodedPath();
                requests.add(asked);
                return answers.apply(asked);
            }
        });
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** One that knows a secret, which must not come to light. It waits for an answer as long as a busy machine may need. */
    public OkHttpTransport transport() {
        return transport(Duration.ofSeconds(30));
    }

    /** As {@link #transport()}, but it does not wait where the fault is that no answer comes. */
    public OkHttpTransport transport(Fault fault) {
        return fault == Fault.SILENT ? transport(Duration.ofMillis(100)) : transport();
    }

    private static OkHttpTransport transport(Duration silence) {
        HttpSettings settings = HttpSettings.DEFAULTS
                .withAuthentication(new Authentication.Bearer(TOKEN))
                .withRetries(2)
                .withTimeouts(Duration.ofSeconds(5), silence);
        return new OkHttpTransport(settings, Clock.systemUTC(), (duration, cancellation) -> {});
    }

    /** @param reply to a request such as {@code GET /version} */
    public FaultyServer answers(Function<String, MockResponse> reply) {
        answers = reply;
        requests.clear();
        return this;
    }

    public FaultyServer answers(Fault fault) {
        return answers(asked -> fault.reply());
    }

    public FaultyServer answersJson(String body) {
        return answers(asked -> Fault.json(200, body).build());
    }

    /** What was asked since the answers were set. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Does it, and if it fails, looks at how: a problem with a short message, and no secret in it. Null if it does not. */
    public static DeliveryException failureOf(Runnable action) {
        Throwable thrown = catchThrowable(action::run);
        if (thrown == null) {
            return null;
        }
        assertThat(thrown).isInstanceOf(DeliveryException.class);
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            assertThat(String.valueOf(t.getMessage()))
                    .doesNotContain("k3y")
                    .doesNotContain("and-length")
                    .hasSizeLessThan(900);
        }
        return (DeliveryException) thrown;
    }

    /** As {@link #failureOf} of what must fail as this fault does. */
    public static void assertFails(Fault fault, Runnable action) {
        DeliveryException failure = failureOf(action);
        assertThat(failure).as(fault.name()).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isIn(fault.problems());
        assertThat(failure).hasMessageContaining(fault.words()).hasMessageContaining("127.0.0.1");
    }

    @Override
    public void close() {
        server.close();
    }
}
