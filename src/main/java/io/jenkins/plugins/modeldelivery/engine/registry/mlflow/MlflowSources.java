package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.Map;
import java.util.Optional;

/** Where the files of a version are: as MLflow wants it told, and as it tells it. */
final class MlflowSources {
    private static final String RUNS = "runs:/";

    private final MlflowApi api;
    private final MlflowRuns runs;
    private final MlflowLoggedModels models;

    MlflowSources(MlflowApi api, MlflowRuns runs, MlflowLoggedModels models) {
        this.api = api;
        this.runs = runs;
        this.models = models;
    }

    /** The fields of a new version that say it. */
    ObjectNode of(NewVersion version, Optional<Staging> staging, Cancellation cancellation) {
        ObjectNode fields = Json.object();
        if (version.source() instanceof VersionSource.Files) {
            Map<String, String> properties = staging.orElseThrow().properties();
            fields.put("run_id", properties.get(MlflowRegistry.RUN_ID));
            if (properties.containsKey(MlflowRegistry.MODEL_ID)) {
                loggedModel(properties.get(MlflowRegistry.MODEL_ID), fields);
            } else {
                fields.put("source", properties.get(MlflowRegistry.ROOT));
            }
        } else if (version.source() instanceof VersionSource.Run run) {
            String root = runs.get(run.runId(), cancellation).artifactUri();
            fields.put("source", run.artifactPath().isEmpty() ? root : root + "/" + run.artifactPath())
                    .put("run_id", run.runId());
        } else if (version.source() instanceof VersionSource.LoggedModel model) {
            if (staging.isEmpty()) {
                models.requireReady(model.modelId(), cancellation);
            }
            loggedModel(model.modelId(), fields);
        } else {
            uri(((VersionSource.Uri) version.source()).uri(), fields);
        }
        return fields;
    }

    /** MLflow takes the URI of a run or logged model only together with the id in it. */
    private static void uri(String uri, ObjectNode fields) {
        fields.put("source", uri);
        MlflowVersions.loggedModel(uri).ifPresent(id -> fields.put("model_id", id));
        if (uri.startsWith(RUNS)) {
            fields.put("run_id", uri.substring(RUNS.length()).split("/", 2)[0]);
        }
    }

    private static void loggedModel(String id, ObjectNode fields) {
        fields.put("source", "models:/" + id).put("model_id", id);
    }

    /** URI of the artifacts of a version. */
    String files(ModelVersion version, Cancellation cancellation) {
        String uri = version.source();
        if (!uri.startsWith(MlflowArtifacts.SCHEME) && !uri.startsWith(RUNS)) {
            uri = api.get(
                            "model-versions/get-download-uri",
                            Map.of("name", version.name(), "version", version.version()),
                            "find the files of " + version.uri(),
                            cancellation)
                    .text("artifact_uri");
        }
        if (uri.startsWith(RUNS)) {
            String[] parts = uri.substring(RUNS.length()).split("/", 2);
            uri = runs.get(parts[0], cancellation).artifactUri() + (parts.length > 1 ? "/" + parts[1] : "");
        }
        return uri;
    }
}
