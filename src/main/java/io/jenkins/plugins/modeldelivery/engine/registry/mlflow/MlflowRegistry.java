package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.MetricsJsonForm;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelAliases;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry.RegistryInfo;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An MLflow tracking server with its model registry, by REST ({@code /api/2.0/mlflow}). A registration of files has a run
 * and, from MLflow 3 on, a logged model of that run, which takes the files; before, the run takes them, under
 * {@code model/}. All that is known of the metrics is a file of the run, {@code model-delivery/metrics.json}, which a tag
 * of the version names, since MLflow's own metrics have neither slices nor numbers of examples.
 *
 * <p>Servers that offer a part of this API are supported as far as possible; where a call is missing that nothing can stand in
 * for, it is UNSUPPORTED.
 */
public final class MlflowRegistry implements ModelRegistry {
    private static final String FILES = "/model";
    private static final String METRICS = "/model-delivery/metrics.json";
    static final String RUN_ID = "runId";
    static final String MODEL_ID = "modelId";
    static final String ROOT = "files";
    private static final String METRICS_URI = "metrics";
    private static final int THREADS = 8;
    private static final long MAX_VERSION_REPLY = 1024L * 1024;

    private final MlflowApi api;
    private final MlflowRuns runs;
    private final MlflowLoggedModels models;
    private final MlflowArtifacts artifacts;
    private final MlflowVersions versions;
    private final MlflowSourceResolver resolver;
    private final MlflowAliases aliases;

    /** @param experiment takes the runs of what is uploaded; created if it is new */
    public MlflowRegistry(HttpTransport transport, URI base, String experiment, Clock clock) {
        this(transport, base, experiment, clock, MlflowMultipart.Sizes.DEFAULT);
    }

    MlflowRegistry(HttpTransport transport, URI base, String experiment, Clock clock, MlflowMultipart.Sizes multipart) {
        this.api = new MlflowApi(transport, base);
        this.runs = new MlflowRuns(api, experiment, clock);
        this.models = new MlflowLoggedModels(api);
        this.versions = new MlflowVersions(api, runs);
        this.resolver = new MlflowSourceResolver(api, runs, models);
        this.aliases = new MlflowAliases(api);
        this.artifacts = new MlflowArtifacts(api, new ParallelTasks(THREADS), new MlflowMultipart(api, multipart));
    }

    @Override
    public RegistryInfo describe(Cancellation cancellation) {
        HttpCall call = HttpCall.read(
                api.uri("/version"), Duration.ofSeconds(20), MAX_VERSION_REPLY, "ask the server its version");
        HttpReply reply = api.transport().send(call, cancellation);
        if (reply.status() == 401 || reply.status() == 403) {
            throw api.error(call, reply);
        }
        String version = api.transport().redactor().brief(reply).strip();
        boolean told = reply.successful() && version.matches("[0-9][0-9A-Za-z.+-]{0,40}");
        api.get("registered-models/search", Map.of("max_results", "1"), "list models", cancellation);
        return new RegistryInfo(
                "MLflow",
                told ? version : "",
                api.base(),
                List.of("aliases", "runs", "logged models", "artifact proxy"),
                told
                        ? List.of()
                        : List.of(
                                "The server does not return its version. It may support only a part of the MLflow API."));
    }

    @Override
    public VersionSource resolve(VersionSource source, Cancellation cancellation) {
        return resolver.resolve(source, cancellation);
    }

    @Override
    public VersionSource.Origin origin(VersionSource.Resolved source, Cancellation cancellation) {
        return resolver.origin(source, cancellation);
    }

    @Override
    public Optional<ModelVersion> findByOperation(String model, String operation, Cancellation cancellation) {
        return versions.findByOperation(model, operation, cancellation);
    }

    @Override
    public VersionDraft stage(NewVersion version, boolean first, Cancellation cancellation) {
        boolean files = version.source() instanceof VersionSource.Files;
        MlflowRuns.Run run = runs.findOrCreate(version, first, cancellation);
        Map<String, String> properties = new TreeMap<>();
        properties.put(RUN_ID, run.id());
        Optional<MlflowLoggedModels.LoggedModel> model =
                files ? models.findOrCreate(version, run, cancellation) : Optional.empty();
        if (files) {
            String root = model.map(MlflowLoggedModels.LoggedModel::artifactUri).orElse(run.artifactUri() + FILES);
            MlflowArtifacts.storePath(root);
            properties.put(ROOT, root);
            model.ifPresent(m -> properties.put(MODEL_ID, m.id()));
        }
        runs.logParameters(run.id(), version.parameters(), cancellation);
        if (!version.metrics().isEmpty()) {
            Optional<String> measured = version.source() instanceof VersionSource.Resolved given
                    ? given.modelId()
                    : model.map(MlflowLoggedModels.LoggedModel::id);
            runs.logMetrics(run.id(), measured, version.metrics(), cancellation);
            ObjectNode json = Json.object();
            json.set("metrics", MetricsJsonForm.write(version.metrics()));
            String uri = run.artifactUri() + METRICS;
            artifacts.send(MlflowArtifacts.storePath(uri), HttpCall.Body.json(json), cancellation);
            properties.put(METRICS_URI, uri);
        }
        if (!files) {
            runs.finish(run.id(), cancellation);
        }
        return new VersionDraft(properties);
    }

    @Override
    public Manifest upload(
            VersionDraft staging, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        Map<String, String> properties = staging.properties();
        Manifest manifest =
                artifacts.upload(MlflowArtifacts.storePath(properties.get(ROOT)), files, progress, cancellation);
        if (properties.containsKey(MODEL_ID)) {
            models.finish(properties.get(MODEL_ID), cancellation);
        }
        runs.finish(properties.get(RUN_ID), cancellation);
        return manifest;
    }

    @Override
    public ModelVersion createVersion(
            NewVersion version, Optional<VersionDraft> staging, Optional<String> digest, Cancellation cancellation) {
        ObjectNode body = Json.object().put("name", version.name());
        body.setAll(MlflowVersions.sourceFields(version, staging));
        if (!version.description().isEmpty()) {
            body.put("description", version.description());
        }
        ArrayNode tags = body.putArray("tags");
        MlflowApi.addPairs(tags, version.tags());
        MlflowApi.addPairs(tags, Map.of(Tags.OPERATION, version.operation()));
        digest.ifPresent(d -> MlflowApi.addPairs(tags, Map.of(Tags.DIGEST, d)));
        staging.map(s -> s.properties().get(METRICS_URI))
                .ifPresent(uri -> MlflowApi.addPairs(tags, Map.of(Tags.METRICS, uri)));
        try {
            return create(body, cancellation);
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.NOT_FOUND);
            ensureModel(version.name(), cancellation);
            return create(body, cancellation);
        }
    }

    private ModelVersion create(ObjectNode body, Cancellation cancellation) {
        JsonReply reply = api.create(
                "model-versions/create",
                body,
                "create a version of " + body.path("name").asText(),
                cancellation);
        return MlflowVersions.read(reply.object("model_version"), api.base());
    }

    private void ensureModel(String name, Cancellation cancellation) {
        try {
            api.create(
                    "registered-models/create",
                    Json.object().put("name", name),
                    "create the registered model " + name,
                    cancellation);
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.ALREADY_EXISTS);
        }
    }

    @Override
    public ModelVersion version(String model, String version, Cancellation cancellation) {
        return MlflowVersions.get(api, model, version, cancellation);
    }

    @Override
    public ModelAliases aliases(String model, Cancellation cancellation) {
        return aliases.of(model, cancellation);
    }

    @Override
    public Optional<ModelVersion> versionOf(String model, String alias, Cancellation cancellation) {
        return aliases.versionOf(model, alias, cancellation);
    }

    @Override
    public AliasMove moveAlias(String model, AliasChange change, Cancellation cancellation) {
        checkAlias(change.alias());
        return aliases.move(model, change, cancellation);
    }

    @Override
    public void tagVersion(String model, String version, String key, String value, Cancellation cancellation) {
        RegistryNames.checkTag(key, value);
        ObjectNode body = Json.object().put("name", model).put("version", version);
        api.update(
                "POST",
                "model-versions/set-tag",
                body.put("key", key).put("value", value),
                "tag " + model + "/" + version,
                cancellation);
    }

    /** The file that its registration left; else what its logged model, else what its run has. */
    @Override
    public Metrics metrics(ModelVersion version, Cancellation cancellation) {
        String kept = version.tags().get(Tags.METRICS);
        if (kept != null) {
            return MetricsJsonForm.read(artifacts
                    .small(MlflowArtifacts.storePath(kept), cancellation)
                    .json()
                    .path("metrics"));
        }
        if (version.modelId().isPresent()) {
            return models.metrics(version.modelId().get(), cancellation);
        }
        return version.runId().map(id -> runs.lastValues(id, cancellation)).orElse(Metrics.NONE);
    }

    @Override
    public Manifest download(ModelVersion version, Path into, TransferProgress progress, Cancellation cancellation) {
        String uri = versions.files(version, cancellation);
        return artifacts.download(MlflowArtifacts.storePath(uri), into, progress, cancellation);
    }

    @Override
    public void close() {
        api.close();
    }
}
