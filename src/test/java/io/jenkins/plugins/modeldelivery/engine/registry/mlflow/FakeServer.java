package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.Authentication;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** Answers by method and path, for what a real server will not do on demand; everything else it does not know (404). */
final class FakeServer implements AutoCloseable {
    private static final String UNKNOWN = "{\"error_code\": \"ENDPOINT_NOT_FOUND\", \"message\": \"no such endpoint\"}";

    private final MockWebServer server = new MockWebServer();
    private final Map<String, Deque<MockResponse>> answers = new ConcurrentHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    FakeServer() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                requests.add(request);
                return answer(request.getMethod() + " " + request.getUrl().encodedPath());
            }
        });
        server.start();
    }

    /** The last reply for a request is repeated without a limit. */
    private synchronized MockResponse answer(String request) {
        Deque<MockResponse> known = answers.get(request);
        if (known == null) {
            return json(404, UNKNOWN).build();
        }
        return known.size() > 1 ? known.pop() : known.peek();
    }

    static MockResponse.Builder json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body);
    }

    /** @param request as in {@code GET /api/2.0/mlflow/runs/get} */
    synchronized FakeServer on(String request, MockResponse.Builder... replies) {
        Deque<MockResponse> queue = answers.computeIfAbsent(request, r -> new ArrayDeque<>());
        for (MockResponse.Builder reply : replies) {
            queue.add(reply.build());
        }
        return this;
    }

    FakeServer on(String request, String json) {
        return on(request, json(200, json));
    }

    /** Forgets what was to be answered. */
    synchronized FakeServer replace(String request, String json) {
        answers.remove(request);
        return on(request, json);
    }

    String url() {
        String url = server.url("/").toString();
        return url.substring(0, url.length() - 1);
    }

    List<RecordedRequest> requests() {
        return requests;
    }

    /** What came, in its order, as {@code GET /path}. */
    List<String> lines() {
        return requests.stream()
                .map(r -> r.getMethod() + " " + r.getUrl().encodedPath())
                .toList();
    }

    /** A registry at this server whose pauses take no time. */
    MlflowRegistry registry(MlflowMultipart.Sizes sizes) {
        OkHttpTransport transport = new OkHttpTransport(
                HttpSettings.DEFAULTS.withAuthentication(new Authentication.Bearer("our-secret")),
                Clock.systemUTC(),
                (duration, cancellation) -> cancellation.throwIfRequested());
        return new MlflowRegistry(transport, server.url("/").uri(), "experiment", Clock.systemUTC(), sizes);
    }

    MlflowRegistry registry() {
        return registry(MlflowMultipart.Sizes.DEFAULT);
    }

    @Override
    public void close() {
        server.close();
    }
}
