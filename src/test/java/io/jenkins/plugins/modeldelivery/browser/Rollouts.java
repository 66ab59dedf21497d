package io.jenkins.plugins.modeldelivery.browser;

import io.jenkins.plugins.modeldelivery.engine.fake.FaultyServer;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import mockwebserver3.MockResponse;

/** A server that serves all files in its directory and sometimes fails with a message that contains markup. */
final class Rollouts implements AutoCloseable {
    static final String MESSAGE = "<script>alert('server')</script><b>out of memory</b>";

    private final AtomicBoolean failing = new AtomicBoolean();
    private final FaultyServer server;

    Rollouts() throws IOException {
        server = new FaultyServer().answers(this::reply);
    }

    URI url() {
        return server.url();
    }

    void failOnce() {
        failing.set(true);
    }

    private MockResponse reply(String asked) {
        if (!asked.endsWith("/infer")) {
            return json(200, "{\"name\": \"server\", \"version\": \"1\", \"versions\": [\"1\", \"2\"]}");
        }
        if (failing.getAndSet(false)) {
            // A 500 would be asked again.
            return json(400, "{\"error\": \"" + MESSAGE + "\"}");
        }
        return json(200, """
                {"model_name": "rollout", "outputs": [{"name": "y", "datatype": "FP64", "shape": [1], "data": [0.5]}]}
                """);
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
