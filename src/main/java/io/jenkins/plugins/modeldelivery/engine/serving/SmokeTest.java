package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A golden request and what must come back. Goes through the journal.
 *
 * @param request body of an Open Inference {@code infer} call
 * @param expected the {@code outputs} that must come back ({@code [{name?, shape?, data}]}), or empty to accept any
 * @param absoluteTolerance a number passes if |actual - expected| <= absolute + relative * |expected|; at least 0
 * @param relativeTolerance at least 0
 * @param maxLatency of the fastest of three requests, if bounded
 * @param shape of the first output, -1 for any size of a dimension, if bounded
 */
public record SmokeTest(
        JsonNode request,
        Optional<JsonNode> expected,
        double absoluteTolerance,
        double relativeTolerance,
        Optional<Duration> maxLatency,
        Optional<List<Long>> shape) {
    public SmokeTest {
        Objects.requireNonNull(request);
        shape = shape.map(List::copyOf);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("request", request);
        expected.ifPresent(e -> json.set("expected", e));
        json.put("absoluteTolerance", absoluteTolerance);
        json.put("relativeTolerance", relativeTolerance);
        maxLatency.ifPresent(l -> json.put("maxLatency", l.toString()));
        shape.ifPresent(sizes -> {
            ArrayNode array = json.putArray("shape");
            sizes.forEach(array::add);
        });
        return json;
    }

    public static SmokeTest fromJson(JsonNode json) {
        List<Long> sizes = new ArrayList<>();
        json.path("shape").forEach(size -> sizes.add(size.asLong()));
        return new SmokeTest(
                json.path("request"),
                json.has("expected") ? Optional.of(json.path("expected")) : Optional.empty(),
                json.path("absoluteTolerance").asDouble(),
                json.path("relativeTolerance").asDouble(),
                json.hasNonNull("maxLatency")
                        ? Optional.of(Duration.parse(json.path("maxLatency").asText()))
                        : Optional.empty(),
                json.path("shape").isArray() ? Optional.of(sizes) : Optional.empty());
    }

    /**
     * How a smoke test ended.
     *
     * @param passed whether everything that was asked for held
     * @param reason in words, with the first value that differs; what was compared if it passed
     * @param millis latency of the fastest request, -1 if none was answered
     */
    public record SmokeTestResult(boolean passed, String reason, long millis) {}
}
