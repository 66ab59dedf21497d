package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The metrics of a version that its events tell: those that it was registered with, and of others the values that its gates
 * found.
 *
 * @param values by metric and slice, as {@code recall{country=DE}}
 */
public record VersionMetrics(SortedMap<String, BigDecimal> values) {
    public VersionMetrics {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    /** @param gates oldest first; a later value takes the place of an earlier one */
    static VersionMetrics of(Optional<Event> registration, List<Event> gates) {
        SortedMap<String, BigDecimal> values = new TreeMap<>();
        gates.forEach(gate -> gate.draft().details().path("checks").forEach(check -> {
            if (isPlain(check)) {
                EventDetails.number(check.path("value"))
                        .ifPresent(value -> values.put(
                                check.path("metric").asText()
                                        + check.path("slice").asText(),
                                value));
            }
        }));
        registration.ifPresent(event -> event.draft()
                .details()
                .path("metrics")
                .properties()
                .forEach(metric ->
                        EventDetails.number(metric.getValue()).ifPresent(value -> values.put(metric.getKey(), value))));
        return new VersionMetrics(values);
    }

    /** The value of min(auc{…}) is no value of auc. */
    private static boolean isPlain(JsonNode check) {
        String metric = check.path("metric").asText();
        String text = check.path("check").asText();
        return check.hasNonNull("slice") || text.startsWith(metric + " ") || text.startsWith("\"" + metric + "\" ");
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        values.forEach(json::put);
        return json;
    }
}
