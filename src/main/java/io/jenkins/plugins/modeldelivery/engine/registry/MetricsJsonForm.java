package io.jenkins.plugins.modeldelivery.engine.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Metrics as registries keep them: nothing is lost; NaN and infinities are texts, which every JSON reader takes. */
public final class MetricsJsonForm {
    private MetricsJsonForm() {}

    public static ArrayNode write(Metrics metrics) {
        ArrayNode array = Json.object().putArray("metrics");
        metrics.all().forEach(metric -> array.add(metricJson(metric)));
        return array;
    }

    /** @throws DeliveryException CORRUPT if it is not what {@link #write} writes */
    public static Metrics read(JsonNode array) {
        List<Metric> metrics = new ArrayList<>();
        try {
            for (JsonNode node : (Iterable<JsonNode>) required(array, array.isArray())::elements) {
                metrics.add(metric(node));
            }
        } catch (NumberFormatException e) {
            throw damaged();
        }
        required(array, metrics.stream().map(Metric::key).distinct().count() == metrics.size());
        return Metrics.of(metrics);
    }

    private static JsonNode required(JsonNode node, boolean fine) {
        if (!fine) {
            throw damaged();
        }
        return node;
    }

    private static DeliveryException damaged() {
        return ErrorKind.CORRUPT.error(
                "The metrics that are kept with the version are damaged. Register the model again, or give its metrics"
                        + " in a file.");
    }

    private static ObjectNode metricJson(Metric metric) {
        ObjectNode json = Json.object();
        json.put("name", metric.name());
        if (Double.isFinite(metric.value())) {
            json.put("value", metric.value());
        } else {
            json.put("value", String.valueOf(metric.value()));
        }
        metric.n().ifPresent(n -> json.put("n", n));
        metric.stderr().ifPresent(e -> json.put("stderr", e));
        metric.dataset().ifPresent(d -> json.put("dataset", d));
        metric.datasetName().ifPresent(d -> json.put("datasetName", d));
        if (!metric.values().isEmpty()) {
            ArrayNode values = json.putArray("values");
            metric.values().forEach(v -> values.add(String.valueOf(v)));
        }
        if (!metric.slice().isAll()) {
            ObjectNode slice = json.putObject("slice");
            metric.slice().keys().forEach(slice::put);
        }
        return json;
    }

    private static Metric metric(JsonNode json) {
        TreeMap<String, String> slice = new TreeMap<>();
        json.path("slice")
                .properties()
                .forEach(e -> slice.put(e.getKey(), e.getValue().asText()));
        List<Double> values = new ArrayList<>();
        json.path("values").forEach(v -> values.add(Double.valueOf(v.asText())));
        return new Metric(
                required(json.path("name"), json.path("name").isTextual()).asText(),
                Slice.of(slice),
                Double.parseDouble(json.path("value").asText()),
                json.has("n") ? OptionalLong.of(count(json.path("n"))) : OptionalLong.empty(),
                json.has("stderr") ? OptionalDouble.of(stderr(json.path("stderr"))) : OptionalDouble.empty(),
                values,
                text(json, "dataset"),
                text(json, "datasetName"));
    }

    private static long count(JsonNode n) {
        return required(n, n.isIntegralNumber() && n.canConvertToLong() && n.longValue() >= 0)
                .longValue();
    }

    private static double stderr(JsonNode error) {
        double number = Double.parseDouble(error.asText());
        required(error, number >= 0);
        return number;
    }

    private static Optional<String> text(JsonNode json, String key) {
        return json.has(key) ? Optional.of(json.path(key).asText()) : Optional.empty();
    }
}
