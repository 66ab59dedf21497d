package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.Map;
import java.util.Optional;

/** Where the files of a version are: as MLflow wants it told, and as it tells it. */
final class MlflowSources {
    private static final String RUNS = "runs:/";

    private final MlflowApi api;
    private final MlflowRuns runs;

    MlflowSources(MlflowApi api, MlflowRuns runs) {
        this.api = api;
        this.runs = runs;
    }

    /** The fields of a new version that say it. */
    static ObjectNode of(NewVersion version, Optional<VersionDraft> staging) {
        ObjectNode fields = Json.object();
        if (version.source() instanceof VersionSource.Files) {
            Map<String, String> properties = staging.orElseThrow().properties();
            fields.put("run_id", properties.get(MlflowRegistry.RUN_ID));
            if (properties.containsKey(MlflowRegistry.MODEL_ID)) {
                loggedModel(properties.get(MlflowRegistry.MODEL_ID), fields);
            } else {
                fields.put("source", properties.get(MlflowRegistry.ROOT));
            }
        } else if (version.source() instanceof VersionSource.Resolved resolved) {
            fields.put("source", resolved.uri());
            resolved.runId().ifPresent(id -> fields.put("run_id", id));
            resolved.modelId().ifPresent(id -> fields.put("model_id", id));
        } else {
            throw new IllegalArgumentException("not resolved: " + version.source());
        }
        return fields;
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
