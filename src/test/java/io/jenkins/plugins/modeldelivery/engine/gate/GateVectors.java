package io.jenkins.plugins.modeldelivery.engine.gate;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads the rows of {@code gate-vectors}; their README says what the fields mean. */
final class GateVectors {
    private static final List<String> FILES =
            List.of("numbers", "missing", "slices", "aggregates", "datasets", "baselines", "confidence", "syntax");
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private GateVectors() {}

    static List<JsonNode> rows() throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = GateVectors.class.getResourceAsStream("/gate-vectors/" + file + ".json")) {
                EXACT.readTree(in).path("rows").forEach(rows::add);
            }
        }
        return rows;
    }

    static Gate gate(JsonNode row) {
        JsonNode json = row.path("gate");
        List<String> checks = new ArrayList<>();
        json.path("checks").forEach(c -> checks.add(c.asText()));
        Gate gate =
                Gate.of(null, checks).withSameDataset(json.path("sameDataset").asBoolean(true));
        return json.has("onMissingBaseline")
                ? gate.withOnMissingBaseline(OnMissingBaseline.valueOf(
                        json.path("onMissingBaseline").asText().toUpperCase(Locale.ROOT)))
                : gate;
    }

    static Metrics candidate(JsonNode row) {
        return metrics(row.path("candidate"));
    }

    static Baseline baseline(JsonNode row) {
        JsonNode json = row.path("baseline");
        if (json.has("vanished")) {
            return new Baseline.Vanished(json.path("vanished").asText());
        }
        return json.isArray() ? new Baseline.Known(metrics(json), "the baseline") : new Baseline.None();
    }

    private static Metrics metrics(JsonNode list) {
        List<Metric> metrics = new ArrayList<>();
        list.forEach(json -> metrics.add(metric(json)));
        return Metrics.of(metrics);
    }

    private static Metric metric(JsonNode json) {
        TreeMap<String, String> slice = new TreeMap<>();
        json.path("slice")
                .properties()
                .forEach(e -> slice.put(e.getKey(), e.getValue().asText()));
        List<Double> values = new ArrayList<>();
        json.path("values").forEach(v -> values.add(number(v)));
        return new Metric(
                json.path("name").asText(),
                Slice.of(slice),
                number(json.path("value")),
                json.has("n") ? OptionalLong.of(json.path("n").asLong()) : OptionalLong.empty(),
                json.has("stderr") ? OptionalDouble.of(number(json.path("stderr"))) : OptionalDouble.empty(),
                values,
                json.has("dataset") ? Optional.of(json.path("dataset").asText()) : Optional.empty());
    }

    private static double number(JsonNode json) {
        return Double.parseDouble(json.asText());
    }
}
