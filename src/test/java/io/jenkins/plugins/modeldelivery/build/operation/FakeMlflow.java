package io.jenkins.plugins.modeldelivery.build.operation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/**
 * A tracking server with one model, churn, that lets in who shows one of some headers, and repeats in its errors whatever it
 * was shown. It is also a proxy that rejects every login.
 */
final class FakeMlflow implements AutoCloseable {
    private static final String API = "/api/2.0/mlflow/";
    /** The only run; {@code runs:/r/model} is a model. */
    private static final String RUN =
            "{\"run\": {\"info\": {\"run_id\": \"r\", \"artifact_uri\": \"mlflow-artifacts:/1/r\"}}}";

    private final MockWebServer server = new MockWebServer();
    private final List<String> shown = new CopyOnWriteArrayList<>();
    private volatile List<String> accepted;
    private volatile String status = "READY";

    /** @param accepted values of the header Authorization; without any, all requests are rejected */
    FakeMlflow(String... accepted) throws IOException {
        this.accepted = List.of(accepted);
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request);
            }
        });
    }

    FakeMlflow start() throws IOException {
        server.start();
        return this;
    }

    FakeMlflow withTls(SSLSocketFactory sockets) throws IOException {
        server.useHttps(sockets);
        server.requireClientAuth();
        return start();
    }

    void accept(String... headers) {
        accepted = List.of(headers);
    }

    /** @param next of the version, as MLflow calls it */
    void become(String next) {
        status = next;
    }

    String url() {
        return server.url("/").toString();
    }

    int port() {
        return server.getPort();
    }

    /** What came with the requests, in their order; "" for nothing. */
    List<String> shown() {
        return shown;
    }

    private MockResponse answer(RecordedRequest request) {
        String authorization = header(request, "Authorization");
        String seen = (authorization + " " + header(request, "Proxy-Authorization")).strip();
        shown.add(seen);
        if (request.getTarget().startsWith("http://")
                && header(request, "Proxy-Authorization").isEmpty()) {
            return new MockResponse.Builder()
                    .code(407)
                    .addHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")
                    .build();
        }
        String path = request.getUrl().encodedPath();
        if (!accepted.contains(authorization)) {
            return failure(401, seen);
        }
        String said = Echo.of(seen);
        String version =
                "{\"name\": \"churn\", \"version\": \"1\", \"source\": \"mlflow-artifacts:/1/r/model\", \"status\": \""
                        + status + "\", \"status_message\": \"" + said + "\"}";
        if (path.equals(API + "registered-models/alias")) {
            return new MockResponse.Builder()
                    .code(400)
                    .body("{\"error_code\": \"INVALID_PARAMETER_VALUE\", \"message\": \"Registered model alias "
                            + request.getUrl().queryParameter("alias") + " not found. " + said + "\"}")
                    .build();
        }
        Map<String, String> known = Map.ofEntries(
                Map.entry("model-versions/get", "{\"model_version\": " + version + "}"),
                Map.entry("model-versions/create", "{\"model_version\": " + version + "}"),
                Map.entry("model-versions/search", "{}"),
                Map.entry("registered-models/get", "{\"registered_model\": {\"name\": \"churn\"}}"),
                Map.entry("registered-models/create", "{\"registered_model\": {\"name\": \"churn\"}}"),
                Map.entry("experiments/get-by-name", "{\"experiment\": {\"experiment_id\": \"1\"}}"),
                Map.entry("runs/search", "{}"),
                Map.entry("runs/create", RUN),
                Map.entry("runs/get", RUN),
                Map.entry("artifacts/list", "{\"files\": [{\"path\": \"model/MLmodel\", \"is_dir\": false}]}"));
        String body = path.startsWith(API) ? known.get(path.substring(API.length())) : null;
        return body != null
                ? new MockResponse.Builder().body(body).build()
                : failure(path.contains("logged-models") ? 404 : 403, seen);
    }

    private static String header(RecordedRequest request, String name) {
        return Objects.requireNonNullElse(request.getHeaders().get(name), "");
    }

    private static MockResponse failure(int code, String seen) {
        String echo = Echo.of(seen);
        return new MockResponse.Builder()
                .code(code)
                .addHeader("X-Echo", echo)
                .addHeader("WWW-Authenticate", "Basic realm=\"" + echo + "\"")
                .body("{\"error_code\": \"PERMISSION_DENIED\", \"message\": \"not for " + echo + "\"}")
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
