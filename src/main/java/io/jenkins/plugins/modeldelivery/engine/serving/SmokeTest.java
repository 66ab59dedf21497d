package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
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
}
