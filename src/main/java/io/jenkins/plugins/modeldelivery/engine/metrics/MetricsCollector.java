package io.jenkins.plugins.modeldelivery.engine.metrics;

import com.fasterxml.jackson.core.JsonLocation;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers the metrics of a file; the second of two with the same name and slice is refused at its place. */
final class MetricsCollector {
    private final String fileName;
    private final List<Metric> metrics = new ArrayList<>();
    private final Map<Metric.Key, JsonLocation> places = new HashMap<>();

    MetricsCollector(String fileName) {
        this.fileName = fileName;
    }

    void add(Metric metric, JsonLocation at) {
        JsonLocation first = places.putIfAbsent(metric.key(), at);
        if (first != null) {
            throw MetricsFile.error(
                    fileName,
                    at,
                    "the metric " + TextSanitizer.brief(metric.key().toString(), 120)
                            + " is given twice, first in line " + first.getLineNr() + ".");
        }
        metrics.add(metric);
    }

    Metrics metrics() {
        return Metrics.of(metrics);
    }
}
