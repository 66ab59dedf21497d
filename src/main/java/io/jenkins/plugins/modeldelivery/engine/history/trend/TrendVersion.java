package io.jenkins.plugins.modeldelivery.engine.history.trend;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.List;
import java.util.Map;

/**
 * A version as one build gated it.
 *
 * @param gate its last gate there
 * @param verdict the gravest of its gates there
 * @param points by the name of the series
 * @param marks oldest first
 */
public record TrendVersion(
        String version, Event gate, Verdict verdict, Map<String, TrendPoint> points, List<TrendOutcome> marks) {
    public TrendVersion {
        points = Map.copyOf(points);
        marks = List.copyOf(marks);
    }
}
