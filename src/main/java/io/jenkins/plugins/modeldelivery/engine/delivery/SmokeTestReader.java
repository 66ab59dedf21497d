package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Section;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads smoke tests: the request and the expected outputs stand in files or in place. */
final class SmokeTestReader {
    private static final double TOLERANCE = 1e-6;
    private static final int MAX_BYTES = 10 * 1024 * 1024;

    private final Section section;
    private final InputFiles files;

    SmokeTestReader(Section section, InputFiles files) {
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
        return new SmokeTest(
                content(node.path("request")),
                node.hasNonNull("expected") ? Optional.of(outputs(content(node.path("expected")))) : Optional.empty(),
                node.path("absoluteTolerance").asDouble(TOLERANCE),
                node.path("relativeTolerance").asDouble(TOLERANCE),
                section.duration("maxLatency"),
                shape);
    }

    /** A whole reply may stand where its outputs are meant. */
    private static JsonNode outputs(JsonNode expected) {
        return expected.isObject() && expected.has("outputs") ? expected.path("outputs") : expected;
    }

    private JsonNode content(JsonNode node) {
        if (!node.isTextual()) {
            return node;
        }
        String path = node.asText();
        return Json.read(files.read(path, MAX_BYTES), Problem.INVALID_INPUT, "The smoke test's file " + path);
    }
}
