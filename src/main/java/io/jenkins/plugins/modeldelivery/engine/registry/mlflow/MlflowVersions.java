package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.Fingerprints;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads model versions from MLflow's JSON. */
final class MlflowVersions {
    private static final Pattern LOGGED_MODEL =
            Pattern.compile("(?:^models:/|^mlflow-artifacts:/.*/models/)(m-[0-9a-f]{32})(?=$|/artifacts)");
    /** A moment in 1973 as milliseconds, one in the year 5138 as seconds. */
    private static final long EARLIEST_MILLIS = 100_000_000_000L;

    private MlflowVersions() {}

    static ModelVersion get(MlflowApi api, String model, String version, Cancellation cancellation) {
        JsonReply reply = api.get(
                "model-versions/get",
                Map.of("name", model, "version", version),
                "read " + model + "/" + version,
                cancellation);
        return read(reply.object("model_version"), api.base());
    }

    static ModelVersion read(JsonReply answer, String base) {
        String name = answer.text("name");
        String version = answer.text("version");
        JsonNode json = answer.json();
        Optional<String> runId = answer.optionalText("run_id");
        Optional<String> modelId = modelId(answer);
        return new ModelVersion(
                name,
                version,
                status(json.path("status").asText("READY")),
                answer.quoted("status_message"),
                "models:/" + name + "/" + version,
                Optional.of(base + "/#/models/" + MlflowApi.encode(name) + "/versions/" + MlflowApi.encode(version)),
                tags(answer),
                runId,
                modelId,
                json.path("source").asText(),
                json.hasNonNull("creation_timestamp")
                        ? Optional.of(instant(json.path("creation_timestamp").asLong()))
                        : Optional.empty(),
                Fingerprints.of(
                        "mlflow",
                        Map.of(
                                "creation_timestamp",
                                json.path("creation_timestamp").asText(),
                                "run_id",
                                runId.orElse(""),
                                "model_id",
                                modelId.orElse(""),
                                "source",
                                json.path("source").asText())));
    }

    /** The source decides where it names one, since not every reply of a server has the field. */
    private static Optional<String> modelId(JsonReply answer) {
        return loggedModel(answer.json().path("source").asText()).or(() -> answer.optionalText("model_id"));
    }

    /** MLflow's own server takes the id of a logged model but never gives it back; the source names it. */
    static Optional<String> loggedModel(String source) {
        Matcher matcher = LOGGED_MODEL.matcher(source);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Milliseconds, except from GitLab, which sends seconds. */
    private static Instant instant(long timestamp) {
        return timestamp < EARLIEST_MILLIS ? Instant.ofEpochSecond(timestamp) : Instant.ofEpochMilli(timestamp);
    }

    private static ModelVersion.Status status(String text) {
        return switch (text) {
            case "PENDING_REGISTRATION" -> ModelVersion.Status.PENDING;
            case "FAILED_REGISTRATION" -> ModelVersion.Status.FAILED;
            default -> ModelVersion.Status.READY;
        };
    }

    /** The tags of a version or a model. */
    static Map<String, String> tags(JsonReply answer) {
        Map<String, String> tags = new TreeMap<>();
        answer.list("tags")
                .forEach(tag -> tags.put(
                        tag.json().path("key").asText(),
                        tag.json().path("value").asText()));
        return tags;
    }
}
