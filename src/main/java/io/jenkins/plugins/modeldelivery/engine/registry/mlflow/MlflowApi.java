package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.Bodies;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** MLflow's REST calls: JSON in, JSON out, error codes as problems. */
final class MlflowApi implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long MAX_REPLY = 32L * 1024 * 1024;

    private final HttpTransport transport;
    private final String base;

    MlflowApi(HttpTransport transport, URI base) {
        this.transport = transport;
        String text = base.toString();
        this.base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    String base() {
        return base;
    }

    HttpTransport transport() {
        return transport;
    }

    URI uri(String path) {
        return URI.create(base + path);
    }

    JsonNode get(String path, Map<String, String> query, String purpose, Cancellation cancellation) {
        String parameters = query.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
        String full = "/api/2.0/mlflow/" + path + (parameters.isEmpty() ? "" : "?" + parameters);
        return exchange("GET", full, Optional.empty(), Idempotency.SAFE, purpose, cancellation);
    }

    JsonNode post(String path, JsonNode body, Idempotency idempotency, String purpose, Cancellation cancellation) {
        return exchange("POST", "/api/2.0/mlflow/" + path, Optional.of(body), idempotency, purpose, cancellation);
    }

    JsonNode delete(String path, JsonNode body, String purpose, Cancellation cancellation) {
        return exchange(
                "DELETE", "/api/2.0/mlflow/" + path, Optional.of(body), Idempotency.IDEMPOTENT, purpose, cancellation);
    }

    private JsonNode exchange(
            String method,
            String path,
            Optional<JsonNode> body,
            Idempotency idempotency,
            String purpose,
            Cancellation cancellation) {
        HttpCall call = new HttpCall(
                method,
                uri(path),
                Map.of("Accept", "application/json"),
                body.map(Bodies::json),
                idempotency,
                TIMEOUT,
                MAX_REPLY,
                purpose,
                true);
        return json(call, transport.send(call, cancellation));
    }

    JsonNode json(HttpCall call, HttpReply reply) {
        if (!reply.successful()) {
            throw error(call, reply);
        }
        return reply.body().length == 0
                ? Json.object()
                : Json.read(reply.body(), Problem.SERVER, "The reply of " + base + " to " + call.purpose());
    }

    /** The server's refusal as a problem, with its own words. */
    DeliveryException error(HttpCall call, HttpReply reply) {
        String code = "";
        String said = transport.redactor().brief(reply);
        try {
            JsonNode json = Json.read(reply.body(), Problem.SERVER, "");
            if (json.hasNonNull("error_code")) {
                code = json.path("error_code").asText();
                said = transport.redactor().brief(json.path("message").asText());
            }
        } catch (DeliveryException e) {
            code = "";
        }
        Problem problem = problem(code, reply.status());
        return new DeliveryException(
                problem,
                "Could not " + call.purpose() + " at " + base + ": it answered " + reply.status()
                        + (code.isEmpty() ? "" : " " + code) + " \"" + said + "\"." + advice(problem));
    }

    private static Problem problem(String code, int status) {
        return switch (code) {
            case "RESOURCE_DOES_NOT_EXIST" -> Problem.NOT_FOUND;
            case "RESOURCE_ALREADY_EXISTS" -> Problem.ALREADY_EXISTS;
            case "INVALID_PARAMETER_VALUE", "BAD_REQUEST", "MALFORMED_REQUEST" -> Problem.INVALID_INPUT;
            case "PERMISSION_DENIED", "UNAUTHENTICATED" -> Problem.DENIED;
            case "ENDPOINT_NOT_FOUND", "NOT_IMPLEMENTED" -> Problem.UNSUPPORTED;
            default -> byStatus(status);
        };
    }

    private static Problem byStatus(int status) {
        return switch (status) {
            case 400, 422 -> Problem.INVALID_INPUT;
            case 401, 403 -> Problem.DENIED;
            case 404, 405, 501 -> Problem.UNSUPPORTED;
            case 409 -> Problem.CONFLICT;
            default -> Problem.SERVER;
        };
    }

    private static String advice(Problem problem) {
        return switch (problem) {
            case DENIED -> " Check the credentials of the registry and what they permit.";
            case UNSUPPORTED -> " Is this the address of an MLflow tracking server?";
            default -> "";
        };
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        transport.close();
    }
}
