package io.jenkins.plugins.modeldelivery.engine.registry.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.Fingerprints;
import io.jenkins.plugins.modeldelivery.engine.registry.MetricsJsonForm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code version.json} holds.
 *
 * @param operation that created it; the tag of the same name can be changed, this cannot
 */
record StoredVersion(
        String number,
        String operation,
        Map<String, String> tags,
        Metrics metrics,
        String description,
        Instant created,
        Manifest manifest) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    StoredVersion {
        tags = Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    StoredVersion withTag(String key, String value) {
        Map<String, String> changed = new TreeMap<>(tags);
        changed.put(key, value);
        return new StoredVersion(number, operation, changed, metrics, description, created, manifest);
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
                Optional.of(created),
                Fingerprints.of("directory", Map.of("created", created.toString(), "operation", operation)));
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("version", number);
        json.put("operation", operation);
        json.put("created", created.toString());
        json.put("description", description);
        ObjectNode tagged = json.putObject("tags");
        tags.forEach(tagged::put);
        json.set("metrics", MetricsJsonForm.write(metrics));
        json.setAll(manifestJson(manifest));
        return json;
    }

    /** IllegalArgumentException or DateTimeException if this is not what {@link #toJson} gave for this number. */
    static StoredVersion fromJson(String number, JsonNode json) {
        if (!JsonFiles.text(json, "version").equals(number)) {
            throw new IllegalArgumentException("it is about version " + JsonFiles.text(json, "version"));
        }
        StoredVersion stored = new StoredVersion(
                number,
                JsonFiles.text(json, "operation"),
                JsonFiles.textsByKey(json, "tags"),
                MetricsJsonForm.read(JsonFiles.array(json, "metrics")),
                JsonFiles.text(json, "description"),
                Instant.parse(JsonFiles.text(json, "created")),
                manifest(json));
        if (!stored.manifest().digest().equals(stored.tags().get(Tags.DIGEST))) {
            throw new IllegalArgumentException("its files and its digest do not match");
        }
        return stored;
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
        for (JsonNode file : JsonFiles.array(json, "files")) {
            String sha256 = JsonFiles.text(file, "sha256");
            if (!SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("a file has no hash");
            }
            entries.add(new Manifest.Entry(JsonFiles.text(file, "path"), JsonFiles.whole(file, "size"), sha256));
        }
        return Manifest.of(entries);
    }
}
