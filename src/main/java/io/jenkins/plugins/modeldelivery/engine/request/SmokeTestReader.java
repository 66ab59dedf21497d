package io.jenkins.plugins.modeldelivery.engine.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTestExpectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads smoke tests: the request and the expected outputs stand in files or in place. */
final class SmokeTestReader {
    private static final double TOLERANCE = 1e-6;
    private static final int MAX_BYTES = 10 * 1024 * 1024;

    private final ConfigNode section;
    private final InputFiles files;

    SmokeTestReader(ConfigNode section, InputFiles files) {
        this.section = section;
        this.files = files;
    }

    SmokeTest read() {
        JsonNode node = section.node();
        Optional<List<Long>> shape = Optional.empty();
        if (node.path("shape").isArray()) {
            List<Long> sizes = new ArrayList<>();
            node.path("shape").forEach(size -> sizes.add(size.asLong()));
            shape = Optional.of(sizes);
        }
        JsonNode request = content(node.path("request"), "request");
        refuse(SmokeTestExpectation.faultOfRequest(request), "request");
        Optional<JsonNode> expected = Optional.empty();
        if (node.hasNonNull("expected")) {
            expected = Optional.of(outputs(content(node.path("expected"), "expected")));
            refuse(SmokeTestExpectation.faultOfOutputs(expected.get()), "expected");
        }
        return new SmokeTest(
                request,
                expected,
                tolerance("absoluteTolerance"),
                tolerance("relativeTolerance"),
                section.duration("maxLatency"),
                shape);
    }

    private double tolerance(String key) {
        double tolerance = section.node().path(key).asDouble(TOLERANCE);
        if (!Double.isFinite(tolerance) || tolerance < 0) {
            throw ErrorKind.INVALID_INPUT.error(section.place() + "." + key + ": " + tolerance
                    + " is not a tolerance. Give a number of at least 0.");
        }
        return tolerance;
    }

    private void refuse(Optional<String> fault, String key) {
        fault.ifPresent(what -> {
            JsonNode node = section.node().path(key);
            String file = node.isTextual() ? " (" + TextSanitizer.brief(node.asText(), 200) + ")" : "";
            throw ErrorKind.INVALID_INPUT.error(
                    section.place() + "." + key + file + ": " + TextSanitizer.brief(what, 300) + ".");
        });
    }

    /** A whole reply may stand where its outputs are meant. */
    private static JsonNode outputs(JsonNode expected) {
        return expected.isObject() && expected.has("outputs") ? expected.path("outputs") : expected;
    }

    private JsonNode content(JsonNode node, String key) {
        if (!node.isTextual()) {
            return node;
        }
        String path = node.asText();
        return Json.read(
                files.definition(path, MAX_BYTES),
                ErrorKind.INVALID_INPUT,
                "The smoke test's " + key + " file " + path);
    }
}
