package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.Answer;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** MLflow's JSON of a model version. */
final class MlflowVersions {
    private MlflowVersions() {}

    static ModelVersion read(Answer answer, String base) {
        String name = answer.text("name");
        String version = answer.text("version");
        JsonNode json = answer.json();
        return new ModelVersion(
                name,
                version,
                status(json.path("status").asText("READY")),
                answer.quoted("status_message"),
                "models:/" + name + "/" + version,
                Optional.of(base + "/#/models/" + MlflowApi.encode(name) + "/versions/" + MlflowApi.encode(version)),
                tags(answer),
                answer.optionalText("run_id"),
                answer.optionalText("model_id"),
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

    /** The tags of a version or a model. */
    static Map<String, String> tags(Answer answer) {
        Map<String, String> tags = new TreeMap<>();
        answer.list("tags")
                .forEach(tag ->
                        tags.put(tag.text("key"), tag.json().path("value").asText()));
        return tags;
    }
}
