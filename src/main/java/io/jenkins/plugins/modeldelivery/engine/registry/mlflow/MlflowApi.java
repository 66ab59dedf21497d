package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** MLflow's REST calls: JSON in, JSON out, error codes as problems. */
final class MlflowApi implements AutoCloseable {
    private static final String ROOT = "/api/2.0/mlflow/";
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long MAX_REPLY = 32L * 1024 * 1024;
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{1,60}");

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

    JsonReply get(String path, Map<String, String> query, String purpose, Cancellation cancellation) {
        String parameters = query.entrySet().stream()
                .map(e -> WebUrl.encode(e.getKey()) + "=" + WebUrl.encode(e.getValue()))
                .collect(Collectors.joining("&"));
        String full = ROOT + path + (parameters.isEmpty() ? "" : "?" + parameters);
        return exchange("GET", full, Optional.empty(), Idempotency.SAFE, purpose, cancellation);
    }

    /**
     * The pages of a list, each asked for when it is read.
     *
     * @param most pages that are read
     * @param ask for the page with a token; for the first without
     */
    static Stream<JsonReply> pages(int most, Function<Optional<String>, JsonReply> ask) {
        UnaryOperator<JsonReply> next = page -> page.optionalText("next_page_token")
                .map(token -> ask.apply(Optional.of(token)))
                .orElse(null);
        return Stream.iterate(ask.apply(Optional.empty()), Objects::nonNull, next)
                .limit(most);
    }

    /** The condition of a search for what an operation made. */
    static String madeBy(String operation) {
        return "tags.`" + Tags.OPERATION + "` = '" + operation + "'";
    }

    /** Adds pairs as MLflow writes tags and parameters. */
    static void addPairs(ArrayNode array, Map<String, String> values) {
        values.forEach((key, value) -> array.addObject().put("key", key).put("value", value));
    }

    /** What a search in one experiment takes. */
    static ObjectNode inExperiment(String experiment, String filter) {
        ObjectNode search = Json.object();
        search.putArray("experiment_ids").add(experiment);
        return search.put("filter", filter);
    }

    /** Reads by a POST, as MLflow's searches want it. */
    JsonReply search(String path, JsonNode body, String purpose, Cancellation cancellation) {
        return exchange("POST", ROOT + path, Optional.of(body), Idempotency.SAFE, purpose, cancellation);
    }

    /** Makes something new each time that it arrives. */
    JsonReply create(String path, JsonNode body, String purpose, Cancellation cancellation) {
        return exchange("POST", ROOT + path, Optional.of(body), Idempotency.ONCE, purpose, cancellation);
    }

    /** A change that may arrive twice. */
    JsonReply update(String method, String path, JsonNode body, String purpose, Cancellation cancellation) {
        return exchange(method, ROOT + path, Optional.of(body), Idempotency.IDEMPOTENT, purpose, cancellation);
    }

    private JsonReply exchange(
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
                body.map(HttpCall.Body::json),
                idempotency,
                TIMEOUT,
                MAX_REPLY,
                purpose,
                true);
        return answer(call, transport.send(call, cancellation));
    }

    JsonReply answer(HttpCall call, HttpReply reply) {
        return JsonReply.of(
                require(call, reply),
                "The reply of " + base + " to the request to " + call.purpose(),
                transport.redactor());
    }

    /** @throws DeliveryException if the server refused the call */
    HttpReply require(HttpCall call, HttpReply reply) {
        if (!reply.successful()) {
            throw error(call, reply);
        }
        return reply;
    }

    /** The server's refusal as a problem, with its own words. */
    DeliveryException error(HttpCall call, HttpReply reply) {
        String code = "";
        String said = transport.redactor().brief(reply);
        try {
            JsonNode json = Json.read(reply.body(), ErrorKind.SERVER, "");
            if (CODE.matcher(json.path("error_code").asText()).matches()) {
                code = json.path("error_code").asText();
                said = transport.redactor().brief(json.path("message").asText());
            }
        } catch (DeliveryException e) {
            code = "";
        }
        ErrorKind problem = problem(code, reply);
        return problem.error("Could not " + call.purpose() + " at " + base + ": it answered " + reply.status()
                + (code.isEmpty() ? "" : " " + code) + " \"" + said + "\"." + advice(problem));
    }

    private static ErrorKind problem(String code, HttpReply reply) {
        return switch (code) {
            case "RESOURCE_DOES_NOT_EXIST" -> ErrorKind.NOT_FOUND;
            case "RESOURCE_ALREADY_EXISTS" -> ErrorKind.ALREADY_EXISTS;
            case "INVALID_PARAMETER_VALUE", "BAD_REQUEST", "MALFORMED_REQUEST" -> ErrorKind.INVALID_INPUT;
            case "PERMISSION_DENIED", "UNAUTHENTICATED" -> ErrorKind.DENIED;
            case "ENDPOINT_NOT_FOUND", "NOT_IMPLEMENTED" -> ErrorKind.UNSUPPORTED;
            default -> reply.kind();
        };
    }

    private static String advice(ErrorKind problem) {
        return switch (problem) {
            case DENIED -> " Check the credentials of the registry and their permissions.";
            case UNSUPPORTED ->
                " This is not the address of an MLflow tracking server, or the server supports only a part"
                        + " of its API.";
            case CONFLICT ->
                " Another client changes the same object, or the object is in another state. Check it in the"
                        + " registry, then try again.";
            case UNREACHABLE -> " The server is unavailable or too busy. Try again later.";
            case SERVER -> " See the log of the server.";
            default -> "";
        };
    }

    /** Each name of a path, encoded; the slashes stay. */
    static String encodePath(String path) {
        return Arrays.stream(path.split("/")).map(WebUrl::encode).collect(Collectors.joining("/"));
    }

    @Override
    public void close() {
        transport.close();
    }
}
