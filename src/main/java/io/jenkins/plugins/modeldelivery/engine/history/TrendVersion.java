package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A version as one build gated it.
 *
 * @param build URL of the build, if there was one
 * @param time of its last gate there
 * @param verdict the gravest of its gates there
 * @param points by the name of the series
 * @param marks oldest first
 */
public record TrendVersion(
        String version,
        Optional<String> build,
        Instant time,
        Verdict verdict,
        Map<String, TrendPoint> points,
        List<TrendMark> marks) {
    public TrendVersion {
        points = Map.copyOf(points);
        marks = List.copyOf(marks);
    }
}
