package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The demo's model server: reads a model repository as polling servers do (the highest version is served), scores logistic
 * regressions that are stored as JSON, and speaks the Open Inference Protocol on the loopback interface.
 */
final class DemoServer implements AutoCloseable {
    private static final Pattern MODEL = Pattern.compile(
            "/v2/models/(?<name>[A-Za-z0-9_.-]+)(?:/versions/(?<version>[0-9]+))?/(?<verb>ready|infer)");

    private final Path repository;
    private final HttpServer server;

    private DemoServer(Path repository, HttpServer server) {
        this.repository = repository;
        this.server = server;
    }

    static DemoServer start(Path repository) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            DemoServer demo = new DemoServer(repository, server);
            server.createContext("/", demo::answer);
            server.start();
            return demo;
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot start the demo's model server: " + e, e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher path = MODEL.matcher(exchange.getRequestURI().getPath());
            if (!path.matches()) {
                reply(exchange, 404, Json.object().put("error", "no such path"));
                return;
            }
            Optional<String> version = Optional.ofNullable(path.group("version"));
            Optional<Path> model = find(path.group("name"), version);
            if (model.isEmpty()) {
                reply(exchange, 404, Json.object().put("error", "no such model or version"));
            } else if (path.group("verb").equals("ready")) {
                reply(exchange, 200, Json.object().put("ready", true));
            } else {
                byte[] body = exchange.getRequestBody().readAllBytes();
                reply(exchange, 200, infer(path.group("name"), model.get(), body));
            }
        } catch (DeliveryException | IllegalArgumentException e) {
            reply(exchange, 400, Json.object().put("error", String.valueOf(e.getMessage())));
        }
    }

    /** The asked version, else the highest. */
    private Optional<Path> find(String name, Optional<String> version) throws IOException {
        Path directory = repository.resolve(name);
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(directory)) {
            return versions.filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .filter(path ->
                            version.isEmpty() || path.getFileName().toString().equals(version.get()))
                    .max((a, b) -> Long.compare(number(a), number(b)));
        }
    }

    private static long number(Path path) {
        return Long.parseLong(path.getFileName().toString());
    }

    private static ObjectNode infer(String name, Path version, byte[] body) throws IOException {
        JsonNode model = Json.read(
                Files.readAllBytes(version.resolve("model.json")),
                ErrorKind.CORRUPT,
                "The model in " + version.getFileName());
        JsonNode input = Json.read(body, ErrorKind.INVALID_INPUT, "The request")
                .path("inputs")
                .path(0);
        int features = model.path("coefficients").size();
        int rows = input.path("shape").path(0).asInt();
        if (features == 0 || input.path("data").size() != rows * features) {
            throw new IllegalArgumentException("the model takes " + features + " features a row");
        }
        ObjectNode answer = Json.object().put("model_name", name);
        answer.put("model_version", version.getFileName().toString());
        ObjectNode output = answer.putArray("outputs").addObject();
        output.put("name", "probability").put("datatype", "FP64");
        output.putArray("shape").add(rows);
        ArrayNode data = output.putArray("data");
        for (int row = 0; row < rows; row++) {
            data.add(probability(model, input.path("data"), row * features));
        }
        return answer;
    }

    /** 1 / (1 + exp(−(intercept + Σ coefficient · (x − mean) / scale))). */
    private static double probability(JsonNode model, JsonNode data, int from) {
        double sum = model.path("intercept").asDouble();
        for (int i = 0; i < model.path("coefficients").size(); i++) {
            double standardised =
                    (data.path(from + i).asDouble() - model.path("mean").path(i).asDouble())
                            / model.path("scale").path(i).asDouble();
            sum += model.path("coefficients").path(i).asDouble() * standardised;
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private static void reply(HttpExchange exchange, int status, JsonNode json) throws IOException {
        byte[] bytes = Json.text(json).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
