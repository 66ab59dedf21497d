package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.PythonScript;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registrations of what MLflow's own client logged, on a running MLflow. */
@Tag("live")
class MlflowSourcesLiveTest {
    private static final Cancellation NEVER = Cancellation.NONE;
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static LiveServer mlflow;
    private static MlflowRegistry registry;
    private static JsonNode logged;

    @BeforeAll
    static void start() throws Exception {
        mlflow = LiveMlflow.start(shared);
        logged = PythonScript.run(
                Map.of(),
                "log_models.py",
                mlflow.url(),
                shared.resolve("trained").toString());
        registry = new MlflowRegistry(
                new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL),
                URI.create(mlflow.url()),
                "sources",
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        registry.close();
        mlflow.close();
    }

    /** As the operation does it: staged where there are files or metrics. */
    private ModelVersion register(String name, VersionSource source, Metrics metrics) {
        NewVersion plan = new NewVersion(
                name,
                UUID.randomUUID().toString(),
                registry.resolve(source, NEVER),
                metrics,
                Map.of("owner", "me"),
                "described",
                Map.of());
        registry.check(plan);
        Optional<VersionDraft> staging =
                metrics.isEmpty() ? Optional.empty() : Optional.of(registry.stage(plan, false, NEVER));
        ModelVersion created = registry.createVersion(plan, staging, Optional.empty(), NEVER);
        assertThat(registry.findByOperation(name, plan.operation(), NEVER).map(ModelVersion::version))
                .contains(created.version());
        return registry.version(name, created.version(), NEVER);
    }

    private Manifest download(ModelVersion version) throws IOException {
        Path into = Files.createTempDirectory(directory, "down");
        return registry.download(version, into, TransferProgress.SILENT, NEVER);
    }

    private static Manifest files(String key) {
        return ModelFiles.list(Path.of(logged.path(key).asText())).hash(NEVER);
    }

    private static Metrics given() {
        Metric whole = Metric.of("auc", 0.9);
        Metric sliced = new Metric(
                "auc",
                Slice.of(new TreeMap<>(Map.of("country", "DE"))),
                0.8,
                OptionalLong.of(200),
                OptionalDouble.of(0.01),
                List.of(0.7, 0.9),
                Optional.empty());
        return Metrics.of(List.of(whole, sliced, Metric.of("broken", Double.NaN)))
                .map(m -> m.withDataset(Optional.of(DIGEST)).withDatasetName(Optional.of("holdout")));
    }

    private static JsonNode modelMetrics(String id) throws Exception {
        return PythonScript.run(Map.of(), "log_models.py", mlflow.url(), "model", id);
    }

    @Test
    void aRunGivesItsFilesAndItsLastMetrics() throws IOException {
        ModelVersion version =
                register("from run", new VersionSource.Run(logged.path("run").asText(), "some model"), Metrics.NONE);

        assertThat(version.runId()).contains(logged.path("run").asText());
        assertThat(download(version)).isEqualTo(files("runFiles"));
        assertThat(registry.metrics(version, NEVER).find("auc", Slice.ALL).map(Metric::value))
                .contains(0.8);
    }

    @Test
    void oneFileOfARunIsAModelOfOneFile() throws IOException {
        ModelVersion version = register(
                "from file",
                new VersionSource.Run(logged.path("run").asText(), "some model/weights.txt"),
                Metrics.NONE);

        Path file = Path.of(logged.path("runFiles").asText()).resolve("weights.txt");
        assertThat(download(version)).isEqualTo(ModelFiles.list(file).hash(NEVER));
    }

    /** MLflow 3.17 keeps NaN of a logged model as 0, and an infinity as the largest double. */
    @Test
    void whatIsNoFiniteNumberIsReadAsSuchFromALoggedModel() {
        ModelVersion version = register(
                "from diverged",
                new VersionSource.LoggedModel(logged.path("model").asText()),
                Metrics.NONE);

        Metrics metrics = registry.metrics(version, NEVER);
        assertThat(value(metrics, "diverged")).isNaN();
        assertThat(value(metrics, "recovered")).isNaN();
        assertThat(value(metrics, "faults")).isZero();
        assertThat(value(metrics, "psnr")).isEqualTo(Double.POSITIVE_INFINITY);
    }

    private static double value(Metrics metrics, String name) {
        return metrics.find(name, Slice.ALL).orElseThrow().value();
    }

    @Test
    void aLoggedModelGivesItsFilesAndItsLastMetricsWithTheirDataSet() throws IOException {
        String id = logged.path("model").asText();
        ModelVersion version = register("from model", new VersionSource.LoggedModel(id), Metrics.NONE);

        assertThat(version.modelId()).contains(id);
        assertThat(version.runId()).contains(logged.path("run").asText());
        assertThat(download(version)).isEqualTo(files("modelFiles"));
        Metrics metrics = registry.metrics(version, NEVER);
        Metric accuracy = metrics.find("accuracy", Slice.ALL).orElseThrow();
        assertThat(accuracy.value()).isEqualTo(0.9);
        assertThat(accuracy.dataset()).contains(logged.path("digest").asText());
        assertThat(accuracy.datasetName()).contains("holdout");
        assertThat(metrics.find("loss", Slice.ALL).orElseThrow().dataset()).isEmpty();
    }

    @Test
    void aLoggedModelThatIsNotWholeIsRefused() {
        VersionSource pending =
                new VersionSource.LoggedModel(logged.path("pending").asText());
        for (Metrics metrics : List.of(Metrics.NONE, given())) {
            assertThatThrownBy(() -> register("from pending", pending, metrics))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                    .hasMessageContaining("LOGGED_MODEL_PENDING");
        }
    }

    @Test
    void whatDoesNotExistIsNamed() {
        VersionSource model = new VersionSource.LoggedModel("m-" + "0".repeat(32));
        assertThatThrownBy(() -> register("from none", model, Metrics.NONE))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
                .hasMessageContaining("m-0000");
        VersionSource run = new VersionSource.Run("0".repeat(32), "model");
        assertThatThrownBy(() -> register("from none", run, Metrics.NONE))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND))
                .hasMessageContaining("0000");
    }

    @Test
    void metricsThatAreGivenCountAndMlflowShowsThemOnTheLoggedModel() throws Exception {
        String id = logged.path("model").asText();
        ModelVersion version = register("measured model", new VersionSource.LoggedModel(id), given());

        assertThat(registry.metrics(version, NEVER)).isEqualTo(given());
        assertThat(version.runId()).contains(logged.path("run").asText());
        JsonNode shown = modelMetrics(id);
        assertThat(shown.path("auc").path("value").asDouble()).isEqualTo(0.9);
        assertThat(shown.path("auc").path("dataset").asText()).isEqualTo("holdout");
        assertThat(shown.path("auc").path("digest").asText()).isEqualTo("0123456789abcdef0123456789abcdef0123");
        assertThat(shown.path("auc/country.DE").path("value").asDouble()).isEqualTo(0.8);
    }

    @Test
    void metricsThatAreGivenForARunCountToo() {
        ModelVersion ofRun = register(
                "measured run", new VersionSource.Run(logged.path("run").asText(), "some model"), given());
        assertThat(registry.metrics(ofRun, NEVER)).isEqualTo(given());
        assertThat(ofRun.runId()).contains(logged.path("run").asText());
    }

    @Test
    void urisOfRunsLoggedModelsAndVersionsAreUnderstood() throws IOException {
        String run = logged.path("run").asText();
        ModelVersion ofRun = register("uri run", new VersionSource.Uri("runs:/" + run + "/some model"), Metrics.NONE);
        assertThat(ofRun.runId()).contains(run);
        assertThat(download(ofRun)).isEqualTo(files("runFiles"));

        String id = logged.path("model").asText();
        ModelVersion ofModel = register("uri model", new VersionSource.Uri("models:/" + id), Metrics.NONE);
        assertThat(ofModel.modelId()).contains(id);
        assertThat(download(ofModel)).isEqualTo(files("modelFiles"));

        ModelVersion again = register("uri version", new VersionSource.Uri("models:/uri model/1"), Metrics.NONE);
        assertThat(download(again)).isEqualTo(files("modelFiles"));
    }

    @Test
    void filesThatTheServerDoesNotPassOnCannotBeDownloaded() {
        NewVersion plan = new NewVersion(
                "elsewhere",
                UUID.randomUUID().toString(),
                new VersionSource.Resolved("s3://elsewhere/model", Optional.empty(), Optional.empty()),
                Metrics.NONE,
                Map.of(),
                "",
                Map.of());
        ModelVersion version = registry.createVersion(plan, Optional.empty(), Optional.empty(), NEVER);
        assertThatThrownBy(() -> download(version))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                .hasMessageContaining("s3://elsewhere/model");
    }

    @Test
    void filesOfOursAreALoggedModelWithItsMetricsAndTheirDataSet() throws Exception {
        Files.writeString(directory.resolve("weights.txt"), "0.1");
        NewVersion plan = new NewVersion(
                "ours 100% \"mine\".v1",
                UUID.randomUUID().toString(), new VersionSource.Files(directory), given(), Map.of(), "", Map.of());
        VersionDraft staging = registry.stage(plan, false, NEVER);
        assertThat(registry.stage(plan, false, NEVER)).isEqualTo(staging);
        ModelFiles files = ModelFiles.list(directory.resolve("weights.txt"));
        Manifest sent = registry.upload(staging, files, TransferProgress.SILENT, NEVER);
        ModelVersion version = registry.createVersion(plan, Optional.of(staging), Optional.of(sent.digest()), NEVER);

        String id = version.modelId().orElseThrow();
        assertThat(version.runId()).contains(staging.properties().get("runId"));
        assertThat(registry.metrics(version, NEVER)).isEqualTo(given());
        assertThat(download(version)).isEqualTo(sent);
        JsonNode shown = modelMetrics(id);
        assertThat(shown.path("auc").path("value").asDouble()).isEqualTo(0.9);
        assertThat(shown.path("auc").path("dataset").asText()).isEqualTo("holdout");
    }
}
