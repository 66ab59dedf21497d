package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.fake.FaultyServer.assertFails;
import static io.jenkins.plugins.modeldelivery.engine.fake.FaultyServer.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.fake.Fault;
import io.jenkins.plugins.modeldelivery.engine.fake.FaultyServer;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tracking server that fails, lies or is something else. */
@Timeout(120)
class MlflowFaultsTest {
    private static final Cancellation NEVER = Cancellation.NONE;
    private static final VersionDraft STAGING =
            new VersionDraft(Map.of("runId", "r1", "files", "mlflow-artifacts:/1/r1/artifacts/model"));

    @TempDir
    Path directory;

    private FaultyServer server;
    private ModelRegistry registry;

    @BeforeEach
    void start() throws IOException {
        server = new FaultyServer();
        registry = new MlflowRegistry(server.transport(), server.url(), "experiment", Clock.systemUTC());
    }

    private void answers(Fault fault) {
        registry.close();
        registry = new MlflowRegistry(server.transport(fault), server.url(), "experiment", Clock.systemUTC());
        server.answers(fault);
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private static NewVersion plan(Metrics metrics) {
        return new NewVersion("churn", "op-1", new VersionSource.Files(Path.of("m")), metrics, Map.of(), "", Map.of());
    }

    private static ModelVersion version(Optional<String> run, Optional<String> loggedModel, String source) {
        return new ModelVersion(
                "churn",
                "7",
                ModelVersion.Status.READY,
                "",
                "models:/churn/7",
                Optional.empty(),
                source.endsWith("/model")
                        ? Map.of("model-delivery.metrics", "mlflow-artifacts:/1/r1/artifacts/metrics.json")
                        : Map.of(),
                run,
                loggedModel,
                source,
                Optional.empty(),
                "mlflow:f1");
    }

    private void upload() {
        try {
            Path model = Files.createDirectories(directory.resolve("model"));
            Files.writeString(model.resolve("a.txt"), "a");
            registry.upload(STAGING, ModelFiles.list(model), TransferProgress.SILENT, NEVER);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that asks the server. */
    private Map<String, Runnable> calls() {
        ModelVersion ofRun = version(Optional.of("r1"), Optional.empty(), "mlflow-artifacts:/1/r1/artifacts/other");
        ModelVersion ofModel = version(Optional.empty(), Optional.of("m-1"), "models:/m-1");
        ModelVersion ours = version(Optional.of("r1"), Optional.empty(), "mlflow-artifacts:/1/r1/artifacts/model");
        return Map.ofEntries(
                Map.entry("find", () -> registry.findByOperation("churn", "op-1", NEVER)),
                Map.entry("stage", () -> registry.stage(plan(Metrics.NONE), true, NEVER)),
                Map.entry("upload", this::upload),
                Map.entry(
                        "create",
                        () -> registry.createVersion(
                                plan(Metrics.NONE), Optional.of(STAGING), Optional.empty(), NEVER)),
                Map.entry("version", () -> registry.version("churn", "7", NEVER)),
                Map.entry("aliases", () -> registry.aliases("churn", NEVER)),
                Map.entry(
                        "move",
                        () -> registry.moveAlias(
                                "churn",
                                new AliasChange("champion", Optional.empty(), Optional.of("7"), "move-9"),
                                NEVER)),
                Map.entry("tag", () -> registry.tagVersion("churn", "7", "a", "b", NEVER)),
                Map.entry("metrics of a run", () -> registry.metrics(ofRun, NEVER)),
                Map.entry("metrics of a logged model", () -> registry.metrics(ofModel, NEVER)),
                Map.entry("metrics of ours", () -> registry.metrics(ours, NEVER)),
                Map.entry("download", () -> registry.download(ours, directory.resolve("into"), (d, t) -> {}, NEVER)),
                Map.entry(
                        "download of a logged model",
                        () -> registry.download(ofModel, directory.resolve("into"), (d, t) -> {}, NEVER)));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyCallSaysWhatWentWrong(Fault fault) {
        answers(fault);
        calls().forEach((name, call) -> {
            boolean replyIsNotRead = name.equals("upload") || name.equals("tag");
            boolean done = replyIsNotRead && (fault == Fault.LOGIN_PAGE || fault == Fault.GARBAGE);
            if (!done) {
                assertFails(fault, call);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "\"text\"",
                "7",
                "{}",
                "{\"model_version\": null}",
                "{\"model_version\": []}",
                "{\"model_version\": {}}",
                "{\"model_version\": {\"name\": \"churn\", \"version\": \"\"}}",
                "{\"model_version\": {\"name\": \"churn\", \"version\": \" \"}}",
                "{\"model_version\": {\"name\": \"churn\", \"version\": {}}}",
                "{\"model_version\": {\"name\": \"churn\", \"version\": \"7\\nregistered\"}}",
                "{\"model_version\": {\"name\": \"churn\", \"version\": \"7\", \"tags\": {\"a\": \"b\"}}}",
                "{\"model_versions\": {\"version\": \"7\"}, \"runs\": {\"info\": 1}, \"files\": \"a\"}",
                "{\"model_versions\": [7], \"runs\": [[]], \"files\": [null]}",
                "{\"experiment\": {\"experiment_id\": []}, \"run\": {\"info\": 7}, \"registered_model\": \"churn\"}",
                "{\"experiment\": {\"experiment_id\": \"1\"}, \"run\": {\"info\": {\"run_id\": \"\"}}}",
                "{\"registered_model\": {\"aliases\": [{\"alias\": \"champion\"}]}, \"model\": {\"info\": []}}",
                "{\"run\": {\"data\": {\"metrics\": [{\"key\": \"auc\", \"value\": \"high\"}]}}, \"model\": []}",
                "{\"model\": {\"data\": {\"metrics\": [{\"value\": 1}]}, \"info\": {\"artifact_uri\": 7}}}",
                "{\"metrics\": [{\"name\": \"auc\", \"value\": \"high\"}], \"files\": [{\"path\": \"\"}]}",
                "{\"metrics\": {\"auc\": 1}, \"files\": [{\"path\": \"../up\"}]}",
                "{\"metrics\": [{\"value\": 1}], \"files\": [{\"path\": \"same\", \"is_dir\": true}]}"
            })
    void aReplyOfAnotherShapeIsNoReply(String body) {
        server.answersJson(body);
        calls().forEach((name, call) -> {
            boolean nothingIsRead = name.equals("upload") || name.equals("tag");
            boolean nothingFound = name.equals("find") && body.startsWith("{") && !body.contains("model_versions")
                    || name.equals("metrics of a run") && body.contains("\"run\": {\"info")
                    || name.equals("metrics of a logged model") && body.contains("\"model\": {\"info")
                    // The list of a file is empty; the digest shows whether this is the file.
                    || name.equals("download") && body.equals("{}");
            if (!nothingIsRead && !nothingFound) {
                DeliveryException failure = failureOf(call);
                assertThat(failure).as(name + " of " + body).isNotNull();
                assertThat(failure.kind())
                        .as(failure.getMessage())
                        .isIn(ErrorKind.SERVER, ErrorKind.CORRUPT, ErrorKind.NOT_FOUND, ErrorKind.UNSUPPORTED);
            }
        });
    }

    static Stream<Arguments> whatMayHaveArrived() {
        return Stream.of(Fault.TORN, Fault.RESET, Fault.SILENT, Fault.BROKEN, Fault.AWAY)
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("whatMayHaveArrived")
    void aVersionIsNotCreatedTwice(Fault fault) {
        answers(fault);
        failureOf(() -> registry.createVersion(plan(Metrics.NONE), Optional.of(STAGING), Optional.empty(), NEVER));
        assertThat(server.requests()).containsExactly("POST /api/2.0/mlflow/model-versions/create");
    }

    @Test
    void aVersionThatAServerNumbersIsReadAsText() {
        server.answersJson("{\"model_version\": {\"name\": \"churn\", \"version\": 7, \"current_stage\": \"None\"}}");
        assertThat(registry.version("churn", "7", NEVER).version()).isEqualTo("7");
    }

    @Test
    void aServerThatFindsTooMuchFindsNothing() {
        server.answersJson("{\"model_versions\": [{\"name\": \"churn\", \"version\": \"3\", \"tags\": ["
                + "{\"key\": \"model-delivery.operation\", \"value\": \"op-of-another\"}]}]}");
        assertThat(registry.findByOperation("churn", "op-1", NEVER)).isEmpty();
    }

    /** A server's failure must not pass for a version without metrics. */
    @Test
    void metricsThatCannotBeReadAreNotMissing() {
        ModelVersion ours = version(Optional.of("r1"), Optional.empty(), "mlflow-artifacts:/1/r1/artifacts/model");
        server.answers(asked -> asked.contains("metrics.json")
                ? Fault.BROKEN.reply()
                : json("{\"files\": [{\"path\": \"metrics.json\", \"file_size\": 9}]}"));
        assertFails(Fault.BROKEN, () -> registry.metrics(ours, NEVER));
    }

    private static mockwebserver3.MockResponse json(String body) {
        return new mockwebserver3.MockResponse.Builder().body(body).build();
    }

    @Test
    void directoriesWithoutEndEnd() {
        server.answersJson("{\"files\": [{\"path\": \"deeper\", \"is_dir\": true}]}");
        ModelVersion ours = version(Optional.of("r1"), Optional.empty(), "mlflow-artifacts:/1/r1/artifacts/model");
        DeliveryException failure =
                failureOf(() -> registry.download(ours, directory.resolve("into"), (d, t) -> {}, NEVER));
        assertThat(failure).hasMessageContaining("more than 64 directories");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mlflow-artifacts:", "mlflow-artifacts:///", "s3://user:pa55w0rd@bucket/x", "file:/x", "a|b"})
    void anArtifactStoreThatIsNoneIsToldAsSuch(String uri) {
        server.answers(
                asked -> json("{\"experiment\": {\"experiment_id\": \"1\"}, \"run\": {\"info\": {\"run_id\": \"r1\","
                        + " \"artifact_uri\": \"" + uri + "\"}}}"));
        DeliveryException failure = failureOf(() -> registry.stage(plan(Metrics.NONE), true, NEVER));
        assertThat(failure.kind()).isIn(ErrorKind.UNSUPPORTED, ErrorKind.SERVER);
        assertThat(failure).hasMessageNotContaining("pa55w0rd");
    }

    @Test
    void aRefusedDownloadIsQuotedNotKept() {
        Consumer<Integer> download = status -> server.answers(asked -> asked.endsWith("/artifacts")
                ? json("{\"files\": [{\"path\": \"big\", \"file_size\": 1}]}")
                : new mockwebserver3.MockResponse.Builder()
                        .code(status)
                        .body("e".repeat(1_000_000))
                        .build());
        download.accept(403);
        ModelVersion ours = version(Optional.of("r1"), Optional.empty(), "mlflow-artifacts:/1/r1/artifacts/model");
        DeliveryException failure =
                failureOf(() -> registry.download(ours, directory.resolve("into"), (d, t) -> {}, NEVER));
        assertThat(failure.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(List.of(directory.resolve("into").toFile().list())).isEmpty();
    }
}
