package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlserver;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.RecordingTransport;
import io.jenkins.plugins.modeldelivery.engine.live.TrainedModels;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.mlflow.MlflowRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.request.LocalInputFiles;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RequestReader;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.MlServerLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of each operation to a running MLflow and MLServer. A new request fails this test. */
@Tag("live")
class RequestsLiveTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final String API = "/api/2.0/mlflow/";
    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";
    private static final String RULES = """
            {"gates": {"quality": {"baseline": "champion", "checks": ["accuracy >= 0.5", "accuracy >= baseline - 0.5"]}},
             "policies": {"production": {"alias": "champion", "gates": ["quality"], "requiredTags": ["owner"]}}}
            """;

    @TempDir
    static Path home;

    private static LiveServer mlflow;
    private static LiveServer mlserver;
    private static TrainedModels models;
    private static RecordingTransport asked;
    private static ModelRegistry registry;
    private static ServingTarget target;
    private static OperationContext context;

    @BeforeAll
    static void start() throws Exception {
        mlflow = LiveMlflow.start(Files.createDirectories(home.resolve("mlflow")));
        mlserver = LiveMlserver.start(home.resolve("models"));
        models = TrainedModels.train(home.resolve("trained"));
        asked = new RecordingTransport(new OkHttpTransport(HttpSettings.DEFAULTS, CLOCK, Sleeper.REAL));
        registry = new MlflowRegistry(asked, URI.create(mlflow.url()), "requests", CLOCK);
        target = new DirectoryTarget(
                new EndpointFiles(
                        home.resolve("models"),
                        Optional.empty(),
                        new MlServerLayout(AllowedImplementations.parse("mlserver_sklearn.SKLearnModel")),
                        3,
                        CLOCK),
                new ExplicitLoadServer(new OpenInferenceClient(asked, URI.create(mlserver.url()), CLOCK)));
        context = new OperationContext(
                OperationContext.Process.of(CLOCK),
                name -> new NamedLookup.Named<>("team", registry),
                name -> new NamedLookup.Named<>("edge", target),
                Rules.parse(Json.read(RULES.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "rules")),
                new FileRecordStore(home.resolve("records"), CLOCK),
                new OperationContext.Caller(new Actor("someone", Optional.empty())),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {});
        done(register("first")); // makes the experiment
    }

    @AfterAll
    static void stop() {
        registry.close();
        mlflow.close();
        mlserver.close();
    }

    private static RegisterOperation register(String name) {
        RegisterRequest request = TestRequests.register(
                name,
                Optional.empty(),
                new VersionSource.Files(models.files("good")),
                RequestReader.metrics(new LocalInputFiles(models.directory()), "good/metrics.json"),
                Map.of("owner", "wine-team"),
                Map.of(),
                "",
                Optional.empty());
        return new RegisterOperation(request, context);
    }

    private static GateOperation gate(String model) {
        return new GateOperation(
                new GateRequest(
                        ModelRef.parse(model),
                        Optional.empty(),
                        context.rules().gates().get("quality"),
                        Optional.empty()),
                context);
    }

    private static PromoteOperation promote(String model) {
        return new PromoteOperation(
                new PromoteRequest(ModelRef.parse(model), Optional.empty(), "champion", Optional.empty(), false),
                context);
    }

    private static DeployRequest deployment(String model) throws IOException {
        ModelRef ref = ModelRef.parse(model);
        SmokeTest test = new SmokeTest(
                Json.read(Files.readAllBytes(models.request()), ErrorKind.INVALID_INPUT, "request"),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                Optional.empty());
        return new DeployRequest(
                ref,
                Optional.empty(),
                Optional.empty(),
                ref.name(),
                Optional.of(test),
                true,
                false,
                Duration.ofMinutes(2));
    }

    private static DeployOperation deploy(String model) throws IOException {
        return new DeployOperation(deployment(model), context);
    }

    private static RollbackOperation rollback(String model, Optional<DeployRequest> deploy) {
        return new RollbackOperation(
                new RollbackRequest(model, "champion", Optional.empty(), Optional.empty(), "", deploy), context);
    }

    /** Runs it successfully and returns the requests. */
    private static List<String> done(Operation operation) {
        asked.taken();
        Journal journal = new FileJournal(home.resolve(UUID.randomUUID() + ".json"));
        Progress progress = new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {}).run(operation, journal);
        assertThat(progress).isInstanceOf(Progress.Done.class);
        return asked.taken().stream()
                .map(line ->
                        line.replaceAll("--[0-9a-f]{8}/", "--CANDIDATE/").replaceAll("--[0-9a-f]{8}$", "--CANDIDATE"))
                .toList();
    }

    private static final String UPLOAD = """
            GET API experiments/get-by-name
            POST API runs/create
            POST API logged-models
            POST API runs/log-batch
            PUT ARTIFACTS/*/*/artifacts/model-delivery/metrics.json
            PUT ARTIFACTS/*/models/*/artifacts/model.joblib
            PATCH API logged-models/*
            POST API runs/update
            POST API model-versions/create
            """;
    private static final String KEPT = "GET ARTIFACTS/*/*/artifacts/model-delivery/metrics.json\n";
    private static final String METRICS = "GET API model-versions/get\n" + KEPT;
    /** Whether the entry is there, and is the one that was decided on: a number can be used again. */
    private static final String VERSION = "GET API model-versions/get\n";
    /** For an alias without a version: whether it ever had one. */
    private static final String HISTORY = "GET API registered-models/get\n";

    private static final String MOVE = """
            GET API registered-models/get
            POST API registered-models/set-tag
            GET API registered-models/get
            POST API registered-models/alias
            GET API registered-models/get
            """;
    /** Whether the server is there and loads models when asked. */
    private static final String CHECK = """
            GET /v2
            POST /v2/repository/index
            """;

    private static final String DOWNLOAD = """
            GET API model-versions/get-download-uri
            GET ARTIFACTS
            GET ARTIFACTS/*/models/*/artifacts/model.joblib
            """;
    private static final String ROLLOUT = """
            GET /v2
            POST /v2/repository/models/E--CANDIDATE/load
            GET /v2/models/E--CANDIDATE/ready
            GET /v2/models/E--CANDIDATE
            POST /v2/models/E--CANDIDATE/infer
            POST /v2/repository/models/E/load
            GET /v2/models/E/ready
            GET /v2/models/E
            POST /v2/models/E/infer
            POST /v2/repository/models/E--CANDIDATE/unload
            """;

    private static String[] lines(String... parts) {
        return String.join("", parts)
                .replace("API ", API)
                .replace("ARTIFACTS", ARTIFACTS)
                .strip()
                .split("\n+");
    }

    @Test
    void registerOfANewModelAndOfAnotherVersionOfIt() {
        assertThat(done(register("registered")))
                .containsExactly(
                        lines(UPLOAD, "POST API registered-models/create\n", "POST API model-versions/create\n"));
        assertThat(done(register("registered"))).containsExactly(lines(UPLOAD));
    }

    private static List<String> registerFrom(VersionSource source) {
        RegisterRequest request = TestRequests.register(
                "from", Optional.empty(), source, Metrics.NONE, Map.of(), Map.of(), "", Optional.empty());
        return done(new RegisterOperation(request, context));
    }

    @Test
    void registerFromWhatIsThereAlready() {
        done(register("from"));
        ModelVersion made = registry.version("from", "1", Cancellation.NONE);
        assertThat(registerFrom(new VersionSource.Run(made.runId().orElseThrow(), "from")))
                .containsExactly(lines("""
                        GET API runs/get
                        GET API artifacts/list
                        POST API logged-models/search
                        GET API logged-models/*/artifacts/directories
                        POST API model-versions/create
                        """));
        assertThat(registerFrom(new VersionSource.Run(made.runId().orElseThrow(), "model-delivery")))
                .containsExactly(lines("""
                        GET API runs/get
                        GET API artifacts/list
                        POST API logged-models/search
                        POST API model-versions/create
                        """));
        assertThat(registerFrom(new VersionSource.LoggedModel(made.modelId().orElseThrow())))
                .containsExactly(lines("""
                        GET API logged-models/*
                        GET API logged-models/*/artifacts/directories
                        POST API model-versions/create
                        """));
        assertThat(registerFrom(new VersionSource.Uri("models:/from/1"))).containsExactly(lines("""
                        GET API model-versions/get
                        GET API logged-models/*
                        GET API logged-models/*/artifacts/directories
                        POST API model-versions/create
                        """));
    }

    @Test
    void gateWithoutAndWithABaseline() {
        done(register("gated"));
        assertThat(done(gate("gated/1"))).containsExactly(lines(METRICS, "GET API registered-models/alias\n", HISTORY));
        done(promote("gated/1"));
        done(register("gated"));
        assertThat(done(gate("gated/2"))).containsExactly(lines(METRICS, "GET API registered-models/alias\n", KEPT));
    }

    @Test
    void promoteUnderAPolicyAndWhatIsThereAlready() {
        done(register("promoted"));
        done(gate("promoted/1"));
        assertThat(done(promote("promoted/1")))
                .containsExactly(lines(
                        VERSION,
                        "GET API registered-models/alias\n",
                        "GET API registered-models/alias\n",
                        HISTORY,
                        VERSION,
                        MOVE));
        assertThat(done(promote("promoted/1"))).containsExactly(lines(VERSION, "GET API registered-models/alias"));
    }

    @Test
    void deployAndWhatIsServedAlready() throws IOException {
        done(register("deployed"));
        assertThat(done(deploy("deployed/1")))
                .containsExactly(lines(
                        CHECK,
                        "GET /v2/models/deployed\n",
                        "GET API model-versions/get\n",
                        DOWNLOAD,
                        ROLLOUT.replace("/E", "/deployed")));
        assertThat(done(deploy("deployed/1")))
                .containsExactly(lines(
                        CHECK,
                        "GET API model-versions/get\n",
                        "GET /v2/models/deployed/ready\n",
                        "GET /v2/models/deployed\n",
                        "POST /v2/models/deployed/infer\n"));
    }

    @Test
    void rollbackOfAnAliasAloneAndWithItsEndpoint() throws IOException {
        for (int version = 1; version <= 3; version++) {
            done(register("back"));
            done(gate("back/" + version));
            done(promote("back/" + version));
        }
        done(deploy("back/3"));
        assertThat(done(rollback("back", Optional.of(deployment("back@champion")))))
                .containsExactly(lines(
                        CHECK,
                        "GET API registered-models/alias\n",
                        VERSION,
                        VERSION,
                        MOVE,
                        CHECK,
                        VERSION,
                        // The target has kept the files.
                        ROLLOUT.replace("/E", "/back")));
        assertThat(done(rollback("back", Optional.empty())))
                .containsExactly(lines("GET API registered-models/alias\n", VERSION, VERSION, MOVE));
    }
}
