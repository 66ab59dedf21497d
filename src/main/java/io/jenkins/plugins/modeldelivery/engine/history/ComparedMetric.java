package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One metric of two versions.
 *
 * @param metric with its slice, as {@code recall{country=DE}}
 */
public record ComparedMetric(String metric, Optional<BigDecimal> a, Optional<BigDecimal> b) {
    /** Exact, on the decimal texts of both; empty if one is absent. */
    public Optional<BigDecimal> difference() {
        return a.flatMap(first -> b.map(second -> second.subtract(first).stripTrailingZeros()));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("metric", metric);
        a.ifPresent(value -> json.put("a", value));
        b.ifPresent(value -> json.put("b", value));
        difference().ifPresent(value -> json.put("difference", value));
        return json;
    }
}
