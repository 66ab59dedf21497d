package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Slice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What {@code version.json} holds. */
record StoredVersion(
        String number,
        Map<String, String> tags,
        Metrics metrics,
        String description,
        Instant created,
        Manifest manifest) {
    StoredVersion {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    StoredVersion withTag(String key, String value) {
        Map<String, String> changed = new TreeMap<>(tags);
        changed.put(key, value);
        return new StoredVersion(number, changed, metrics, description, created, manifest);
    }

    ModelVersion toModelVersion(String model) {
        return new ModelVersion(
                model,
                number,
                ModelVersion.Status.READY,
                "",
                "models:/" + model + "/" + number,
                Optional.empty(),
                tags,
                Optional.empty(),
                Optional.empty(),
                "",
                Optional.of(created));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", number);
        json.put("created", created.toString());
        json.put("description", description);
        ObjectNode tagged = json.putObject("tags");
        tags.forEach(tagged::put);
        ArrayNode measured = json.putArray("metrics");
        metrics.all().forEach(metric -> measured.add(metricJson(metric)));
        json.setAll(manifestJson(manifest));
        return json;
    }

    static StoredVersion fromJson(JsonNode json) {
        Map<String, String> tags = new TreeMap<>();
        json.path("tags").properties().forEach(e -> tags.put(e.getKey(), e.getValue().asText()));
        List<Metric> metrics = new ArrayList<>();
        json.path("metrics").forEach(node -> metrics.add(metric(node)));
        return new StoredVersion(
                json.path("version").asText(),
                tags,
                Metrics.of(metrics),
                json.path("description").asText(),
                Instant.parse(json.path("created").asText()),
                manifest(json));
    }

    static ObjectNode manifestJson(Manifest manifest) {
        ObjectNode json = Json.object();
        ArrayNode files = json.putArray("files");
        manifest.entries().forEach(entry -> files.addObject()
                .put("path", entry.path())
                .put("size", entry.size())
                .put("sha256", entry.sha256()));
        return json;
    }

    static Manifest manifest(JsonNode json) {
        List<Manifest.Entry> entries = new ArrayList<>();
        json.path("files")
                .forEach(file -> entries.add(new Manifest.Entry(
                        file.path("path").asText(),
                        file.path("size").asLong(),
                        file.path("sha256").asText())));
        return Manifest.of(entries);
    }

    /** NaN and infinities as texts, which every JSON reader takes. */
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
        ArrayNode values = json.putArray("values");
        metric.values().forEach(v -> values.add(String.valueOf(v)));
        ObjectNode slice = json.putObject("slice");
        metric.slice().keys().forEach(slice::put);
        return json;
    }

    private static Metric metric(JsonNode json) {
        TreeMap<String, String> slice = new TreeMap<>();
        json.path("slice").properties().forEach(e -> slice.put(e.getKey(), e.getValue().asText()));
        List<Double> values = new ArrayList<>();
        json.path("values").forEach(v -> values.add(Double.valueOf(v.asText())));
        return new Metric(
                json.path("name").asText(),
                Slice.of(slice),
                Double.parseDouble(json.path("value").asText()),
                json.has("n") ? OptionalLong.of(json.path("n").asLong()) : OptionalLong.empty(),
                json.has("stderr") ? OptionalDouble.of(json.path("stderr").asDouble()) : OptionalDouble.empty(),
                values,
                json.has("dataset") ? Optional.of(json.path("dataset").asText()) : Optional.empty());
    }
}
