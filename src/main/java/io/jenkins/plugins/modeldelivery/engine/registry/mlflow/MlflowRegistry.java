package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.Answer;
import io.jenkins.plugins.modeldelivery.engine.http.Bodies;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.MetricsJsonForm;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryInfo;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An MLflow tracking server with its model registry, by REST ({@code /api/2.0/mlflow}). Files go through the server's
 * artifact proxy into a run of their own, under {@code model/}; all that is known of the metrics beside them, in
 * {@code model-delivery/metrics.json}, since MLflow's own metrics have neither slices nor numbers of examples.
 */
public final class MlflowRegistry implements ModelRegistry {
    private static final String FILES = "/model";
    private static final String METRICS = "/model-delivery/metrics.json";
    private static final String RUN_ID = "runId";
    private static final String ARTIFACTS = "artifactUri";
    private static final int THREADS = 8;

    private final MlflowApi api;
    private final MlflowRuns runs;
    private final MlflowArtifacts artifacts;

    /** @param experiment takes the runs of what is uploaded; created if it is new */
    public MlflowRegistry(HttpTransport transport, URI base, String experiment, Clock clock) {
        this.api = new MlflowApi(transport, base);
        this.runs = new MlflowRuns(api, experiment, clock);
        this.artifacts = new MlflowArtifacts(api, new Parallel(THREADS));
    }

    @Override
    public RegistryInfo describe(Cancellation cancellation) {
        HttpCall call = new HttpCall(
                "GET",
                api.uri("/version"),
                Map.of(),
                Optional.empty(),
                Idempotency.SAFE,
                Duration.ofSeconds(20),
                4096,
                "ask the server its version",
                true);
        HttpReply reply = api.transport().send(call, cancellation);
        if (!reply.successful()) {
            throw api.error(call, reply);
        }
        api.get("registered-models/search", Map.of("max_results", "1"), "list models", cancellation);
        return new RegistryInfo(
                "MLflow",
                api.transport().redactor().brief(reply).strip(),
                api.base(),
                List.of("aliases", "runs", "logged models", "artifact proxy"),
                List.of());
    }

    @Override
    public void checkName(String model) {
        RegistryNames.checkModel(model);
    }

    @Override
    public void checkAlias(String alias) {
        RegistryNames.checkAlias(alias);
    }

    @Override
    public Optional<ModelVersion> findByOperation(String model, String operation, Cancellation cancellation) {
        String quote = model.contains("'") ? "\"" : "'";
        String filter = "name = " + quote + model + quote + " and tags.`" + Tags.OPERATION + "` = '" + operation + "'";
        // A server that does not understand the filter may answer more than was asked for.
        return api
                .get(
                        "model-versions/search",
                        Map.of("filter", filter),
                        "look whether the version of " + model + " is there already",
                        cancellation)
                .list("model_versions")
                .stream()
                .map(answer -> MlflowVersions.read(answer, api.base()))
                .filter(version -> operation.equals(version.tags().get(Tags.OPERATION)))
                .findFirst();
    }

    @Override
    public Staging stage(NewVersion version, boolean first, Cancellation cancellation) {
        MlflowRuns.Run run = runs.findOrCreate(version, first, cancellation);
        MlflowArtifacts.storePath(run.artifactUri());
        if (!version.metrics().isEmpty()) {
            runs.logMetrics(run.id(), version.metrics(), cancellation);
            ObjectNode json = Json.object();
            json.set("metrics", MetricsJsonForm.write(version.metrics()));
            artifacts.send(MlflowArtifacts.storePath(run.artifactUri() + METRICS), Bodies.json(json), cancellation);
        }
        return new Staging(Map.of(RUN_ID, run.id(), ARTIFACTS, run.artifactUri()));
    }

    @Override
    public Manifest upload(Staging staging, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        String root = staging.require(ARTIFACTS) + FILES;
        Manifest manifest = artifacts.upload(MlflowArtifacts.storePath(root), files, progress, cancellation);
        runs.finish(staging.require(RUN_ID), cancellation);
        return manifest;
    }

    @Override
    public ModelVersion createVersion(
            NewVersion version, Optional<Staging> staging, Optional<String> digest, Cancellation cancellation) {
        ObjectNode body = Json.object().put("name", version.name());
        source(version, staging, body, cancellation);
        if (!version.description().isEmpty()) {
            body.put("description", version.description());
        }
        ArrayNode tags = body.putArray("tags");
        version.tags().forEach((key, value) -> tag(tags, key, value));
        tag(tags, Tags.OPERATION, version.operation());
        digest.ifPresent(d -> tag(tags, Tags.DIGEST, d));
        try {
            return create(body, cancellation);
        } catch (DeliveryException e) {
            if (e.problem() != Problem.NOT_FOUND) {
                throw e;
            }
            ensureModel(version.name(), cancellation);
            return create(body, cancellation);
        }
    }

    private ModelVersion create(ObjectNode body, Cancellation cancellation) {
        Answer reply = api.post(
                "model-versions/create",
                body,
                Idempotency.ONCE,
                "create a version of " + body.path("name").asText(),
                cancellation);
        return MlflowVersions.read(reply.object("model_version"), api.base());
    }

    private void ensureModel(String name, Cancellation cancellation) {
        try {
            api.post(
                    "registered-models/create",
                    Json.object().put("name", name),
                    Idempotency.ONCE,
                    "create the registered model " + name,
                    cancellation);
        } catch (DeliveryException e) {
            if (e.problem() != Problem.ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    private static void tag(ArrayNode tags, String key, String value) {
        tags.addObject().put("key", key).put("value", value);
    }

    private void source(NewVersion version, Optional<Staging> staging, ObjectNode body, Cancellation cancellation) {
        if (version.source() instanceof VersionSource.Files) {
            Map<String, String> properties = staging.orElseThrow().properties();
            body.put("source", properties.get(ARTIFACTS) + FILES).put("run_id", properties.get(RUN_ID));
        } else if (version.source() instanceof VersionSource.Run run) {
            String root = runs.get(run.runId(), cancellation).artifactUri();
            body.put("source", run.artifactPath().isEmpty() ? root : root + "/" + run.artifactPath())
                    .put("run_id", run.runId());
        } else if (version.source() instanceof VersionSource.LoggedModel model) {
            body.put("source", "models:/" + model.modelId()).put("model_id", model.modelId());
        } else {
            body.put("source", ((VersionSource.Uri) version.source()).uri());
        }
    }

    @Override
    public ModelVersion version(String model, String version, Cancellation cancellation) {
        Answer reply = api.get(
                "model-versions/get",
                Map.of("name", model, "version", version),
                "read " + model + "/" + version,
                cancellation);
        return MlflowVersions.read(reply.object("model_version"), api.base());
    }

    @Override
    public MlflowAliases aliases(String model, Cancellation cancellation) {
        return MlflowAliases.read(
                api.get("registered-models/get", Map.of("name", model), "read the model " + model, cancellation)
                        .object("registered_model"));
    }

    @Override
    public AliasMove moveAlias(
            String model, String alias, Optional<String> expected, Optional<String> to, Cancellation cancellation) {
        checkAlias(alias);
        MlflowAliases before = aliases(model, cancellation);
        Optional<String> bearer = before.bearer(alias);
        if (bearer.equals(to)) {
            return new AliasMove(AliasMove.Outcome.MOVED, bearer);
        }
        if (!bearer.equals(expected)) {
            return new AliasMove(AliasMove.Outcome.CONFLICT, bearer);
        }
        ObjectNode body = Json.object().put("name", model);
        String purpose = "move the alias " + alias + " of " + model;
        if (to.isPresent()) {
            ObjectNode tag = body.deepCopy()
                    .put("key", Tags.aliasHistory(alias))
                    .put("value", before.historyWith(alias, to.get()));
            api.post("registered-models/set-tag", tag, Idempotency.IDEMPOTENT, purpose, cancellation);
            body.put("alias", alias).put("version", to.get());
            api.post("registered-models/alias", body, Idempotency.IDEMPOTENT, purpose, cancellation);
        } else {
            api.delete("registered-models/alias", body.put("alias", alias), purpose, cancellation);
        }
        Optional<String> actual = aliases(model, cancellation).bearer(alias);
        return new AliasMove(actual.equals(to) ? AliasMove.Outcome.MOVED : AliasMove.Outcome.CONFLICT, actual);
    }

    @Override
    public void tagVersion(String model, String version, String key, String value, Cancellation cancellation) {
        ObjectNode body = Json.object().put("name", model).put("version", version);
        api.post(
                "model-versions/set-tag",
                body.put("key", key).put("value", value),
                Idempotency.IDEMPOTENT,
                "tag " + model + "/" + version,
                cancellation);
    }

    @Override
    public Metrics metrics(ModelVersion version, Cancellation cancellation) {
        if (version.modelId().isPresent()) {
            return MlflowRuns.metrics(api.get(
                            "logged-models/"
                                    + MlflowApi.encode(version.modelId().get()),
                            Map.of(),
                            "read the metrics of " + version.uri(),
                            cancellation)
                    .object("model"));
        }
        boolean ours =
                version.tags().containsKey(Tags.OPERATION) && version.source().endsWith(FILES);
        Optional<Answer> kept = ours
                ? artifacts.small(
                        MlflowArtifacts.storePath(
                                version.source().substring(0, version.source().length() - FILES.length()) + METRICS),
                        cancellation)
                : Optional.empty();
        if (kept.isPresent()) {
            return MetricsJsonForm.read(kept.get().json().path("metrics"));
        }
        return version.runId().map(id -> runs.lastValues(id, cancellation)).orElse(Metrics.NONE);
    }

    @Override
    public Manifest download(ModelVersion version, Path into, TransferProgress progress, Cancellation cancellation) {
        String source = version.source();
        if (source.startsWith("models:/m-")) {
            source = api.get(
                            "logged-models/" + MlflowApi.encode(source.substring("models:/".length())),
                            Map.of(),
                            "find the files of " + version.uri(),
                            cancellation)
                    .object("model")
                    .object("info")
                    .text("artifact_uri");
        } else if (source.startsWith("runs:/")) {
            String[] parts = source.substring("runs:/".length()).split("/", 2);
            source = runs.get(parts[0], cancellation).artifactUri() + (parts.length > 1 ? "/" + parts[1] : "");
        }
        return artifacts.download(MlflowArtifacts.storePath(source), into, progress, cancellation);
    }

    @Override
    public void close() {
        api.close();
    }
}
