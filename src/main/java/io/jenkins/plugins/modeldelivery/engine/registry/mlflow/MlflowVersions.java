package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** MLflow's JSON of a model version. */
final class MlflowVersions {
    private MlflowVersions() {}

    static ModelVersion read(JsonNode json, String base) {
        Map<String, String> tags = new TreeMap<>();
        json.path("tags")
                .forEach(tag ->
                        tags.put(tag.path("key").asText(), tag.path("value").asText()));
        String name = json.path("name").asText();
        String version = json.path("version").asText();
        return new ModelVersion(
                name,
                version,
                status(json.path("status").asText("READY")),
                Texts.brief(json.path("status_message").asText(), 300),
                "models:/" + name + "/" + version,
                Optional.of(base + "/#/models/" + MlflowApi.encode(name) + "/versions/" + MlflowApi.encode(version)),
                tags,
                text(json, "run_id"),
                text(json, "model_id"),
                json.path("source").asText(),
                json.hasNonNull("creation_timestamp")
                        ? Optional.of(Instant.ofEpochMilli(
                                json.path("creation_timestamp").asLong()))
                        : Optional.empty());
    }

    private static ModelVersion.Status status(String text) {
        return switch (text) {
            case "PENDING_REGISTRATION" -> ModelVersion.Status.PENDING;
            case "FAILED_REGISTRATION" -> ModelVersion.Status.FAILED;
            default -> ModelVersion.Status.READY;
        };
    }

    private static Optional<String> text(JsonNode json, String key) {
        String text = json.path(key).asText("");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
