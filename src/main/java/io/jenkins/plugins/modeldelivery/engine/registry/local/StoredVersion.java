package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.MetricsJsonForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        json.set("metrics", MetricsJsonForm.write(metrics));
        json.setAll(manifestJson(manifest));
        return json;
    }

    static StoredVersion fromJson(JsonNode json) {
        Map<String, String> tags = new TreeMap<>();
        json.path("tags")
                .properties()
                .forEach(e -> tags.put(e.getKey(), e.getValue().asText()));
        return new StoredVersion(
                json.path("version").asText(),
                tags,
                MetricsJsonForm.read(json.path("metrics")),
                json.path("description").asText(),
                Instant.parse(json.path("created").asText()),
                manifest(json));
    }

    static ObjectNode manifestJson(Manifest manifest) {
        ObjectNode json = Json.object();
        ArrayNode files = json.putArray("files");
        manifest.entries()
                .forEach(entry -> files.addObject()
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
}
