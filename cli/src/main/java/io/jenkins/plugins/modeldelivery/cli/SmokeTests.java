package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads smoke tests: the request and the expected outputs stand in files or in place. */
final class SmokeTests {
    private static final double TOLERANCE = 1e-6;
    private static final long MAX_BYTES = 10L * 1024 * 1024;

    private SmokeTests() {}

    static SmokeTest read(JsonNode node, Path base) {
        Optional<List<Long>> shape = Optional.empty();
        if (node.path("shape").isArray()) {
            List<Long> sizes = new ArrayList<>();
            node.path("shape").forEach(size -> sizes.add(size.asLong()));
            shape = Optional.of(sizes);
        }
        return new SmokeTest(
                content(node.path("request"), base),
                node.hasNonNull("expected")
                        ? Optional.of(outputs(content(node.path("expected"), base)))
                        : Optional.empty(),
                node.path("absoluteTolerance").asDouble(TOLERANCE),
                node.path("relativeTolerance").asDouble(TOLERANCE),
                node.hasNonNull("maxLatency")
                        ? Optional.of(Times.parse(node.path("maxLatency").asText()))
                        : Optional.empty(),
                shape);
    }

    /** From command-line options. */
    static SmokeTest of(
            Path request, Optional<Path> expected, double absolute, double relative, Optional<Duration> maxLatency) {
        return new SmokeTest(
                file(request),
                expected.map(SmokeTests::file).map(SmokeTests::outputs),
                absolute,
                relative,
                maxLatency,
                Optional.empty());
    }

    /** A whole reply may stand where its outputs are meant. */
    private static JsonNode outputs(JsonNode expected) {
        return expected.isObject() && expected.has("outputs") ? expected.path("outputs") : expected;
    }

    private static JsonNode content(JsonNode node, Path base) {
        return node.isTextual() ? file(Settings.resolve(base, node.asText())) : node;
    }

    private static JsonNode file(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new DeliveryException(
                        Problem.INVALID_INPUT, "The smoke test's file " + file + " is larger than 10 MiB.");
            }
            return Json.read(Files.readAllBytes(file), Problem.INVALID_INPUT, "The smoke test's file " + file);
        } catch (IOException e) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT, "Cannot read the smoke test's file " + file + ": " + e, e);
        }
    }
}
