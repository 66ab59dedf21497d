package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.PythonScript;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a source means is what MLflow's own client makes of it, and what has no files is refused. On a running MLflow; the
 * runs that its client logs take most of the time.
 */
@Tag("live")
class MlflowResolutionLiveTest {
    private static final Cancellation NEVER = Cancellation.NONE;

    @TempDir
    static Path shared;

    private static LiveServer mlflow;
    private static MlflowRegistry registry;
    private static JsonNode ids;

    @BeforeAll
    static void start() throws Exception {
        mlflow = LiveMlflow.start(shared);
        ids = PythonScript.run(Map.of(), "log_runs.py", mlflow.url());
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

    private static String id(String key) {
        return ids.path(key).asText();
    }

    private static VersionSource.Resolved resolve(VersionSource source) {
        return (VersionSource.Resolved) registry.resolve(source, NEVER);
    }

    private static VersionSource run(String key, String path) {
        return new VersionSource.Run(id(key), path);
    }

    private static ModelVersion register(String name, VersionSource source) {
        NewVersion plan = new NewVersion(
                name, UUID.randomUUID().toString(), resolve(source), Metrics.NONE, Map.of(), "", Map.of());
        return registry.createVersion(plan, Optional.empty(), Optional.empty(), NEVER);
    }

    /** Ours is what MLflow's own client has made of the same. */
    private static void assertAsMlflowDoes(String key, VersionSource... sources) {
        JsonNode theirs = ids.path("theirs").path(key);
        for (VersionSource source : sources) {
            ModelVersion ours = register("ours", source);
            assertThat(ours.source()).isEqualTo(theirs.path("source").asText());
            assertThat(ours.runId()).contains(theirs.path("run").asText());
        }
    }

    private static VersionSource uri(String key) {
        return new VersionSource.Uri(ids.path("theirs").path(key).path("uri").asText());
    }

    private static void refused(VersionSource source, String... parts) {
        assertThatThrownBy(() -> registry.resolve(source, NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContainingAll(parts);
    }

    @Test
    void aNameInARunIsItsLoggedModelOfTheHighestStep() {
        assertAsMlflowDoes("model", run("run", "model"), uri("model"), run("run", "./model/"));
        assertThat(resolve(run("run", "model")))
                .isEqualTo(new VersionSource.Resolved(
                        "models:/" + id("last"), Optional.of(id("run")), Optional.of(id("last"))));
    }

    @Test
    void anMlmodelAmongTheArtifactsCountsMoreThanALoggedModelAndThatMoreThanOtherArtifacts() {
        assertAsMlflowDoes("classic", run("run", "classic"), uri("classic"));
        assertAsMlflowDoes("scaler", run("run", "scaler"), uri("scaler"));
        assertThat(resolve(run("run", "scaler")).modelId()).contains(id("scaler"));
    }

    @Test
    void aLoggedModelIsItself() {
        assertAsMlflowDoes("logged", new VersionSource.LoggedModel(id("scaler")), uri("logged"));
    }

    @Test
    void aSourceIsOfItsExperimentOrModel() {
        String experiment = ids.path("experiment").asText();
        assertThat(registry.origin(resolve(run("run", "model")), NEVER))
                .isEqualTo(VersionSource.Origin.ofExperiment(experiment));
        assertThat(registry.origin(resolve(run("run", "weights.bin")), NEVER))
                .isEqualTo(VersionSource.Origin.ofExperiment(experiment));
        assertThat(registry.origin(resolve(new VersionSource.LoggedModel(id("scaler"))), NEVER))
                .isEqualTo(VersionSource.Origin.ofExperiment(experiment));
        ModelVersion version = register("of-somebody", run("run", "model"));
        assertThat(registry.origin(resolve(new VersionSource.Uri("models:/of-somebody/" + version.version())), NEVER))
                .isEqualTo(VersionSource.Origin.ofModel("of-somebody"));
    }

    @Test
    void filesAndDirectoriesWithoutAnMlmodelAreTakenWhereTheyAreNamed() {
        assertThat(resolve(run("run", "weights.bin")).uri()).endsWith(id("run") + "/artifacts/weights.bin");
        assertThat(resolve(run("run", "plots")).uri()).endsWith(id("run") + "/artifacts/plots");
        assertThat(resolve(run("run", "plots/a.txt")).runId()).contains(id("run"));
    }

    @Test
    void whatIsNotThereIsAnErrorWithWhatIs() {
        refused(run("run", "modl"), "modl", "the logged models: model, scaler", "weights.bin", "mean model?");
        refused(run("run", "classic/other"), "classic/other", "model, scaler");
        refused(run("run", "it's"), "it's", "model, scaler");
        refused(run("run", ""), "artifact path", "model, scaler", "plots/");
        refused(new VersionSource.Uri("runs:/" + id("run")), "artifact path", "model, scaler");
        refused(run("parent", "model"), "no logged models and no artifacts", id("child"));
        refused(run("parent", ""), "no logged models and no artifacts", id("child"));
        assertThatThrownBy(() -> registry.resolve(run("run", "../other"), NEVER))
                .isInstanceOf(DeliveryException.class);
    }

    @Test
    void runsThatFailedOrAreDeletedAreNoSource() {
        refused(run("failed", "model"), id("failed"), "FAILED");
        assertThat(resolve(new VersionSource.LoggedModel(id("failedModel"))).modelId())
                .contains(id("failedModel"));
        refused(run("deleted", "model"), id("deleted"), "is deleted");
    }

    @Test
    void aLoggedModelWithoutFilesIsNoModel() {
        refused(new VersionSource.LoggedModel(id("empty")), id("empty"), "has no files");
        refused(run("emptyRun", "empty"), id("empty"), "has no files");
    }

    @Test
    void aVersionIsTakenByItsNumberOrAliasIfItHasFiles() {
        ModelVersion first = register("chain", run("run", "model"));
        registry.moveAlias(
                "chain", new AliasChange("champion", Optional.empty(), Optional.of(first.version()), "chain"), NEVER);
        String uri = "models:/chain/" + first.version();
        assertThat(resolve(new VersionSource.Uri(uri)).uri()).isEqualTo(uri);
        assertThat(resolve(new VersionSource.Uri("models:/chain@champion")).uri())
                .isEqualTo(uri);
        ModelVersion second = register("chain", new VersionSource.Uri(uri));
        assertThat(second.runId()).contains(id("run"));
        assertThat(resolve(new VersionSource.Uri("models:/chain/" + second.version()))
                        .uri())
                .endsWith(second.version());
        assertThatThrownBy(() -> registry.resolve(new VersionSource.Uri("models:/chain/99"), NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.NOT_FOUND));
        assertThatThrownBy(() -> registry.resolve(new VersionSource.Uri("models:/chain@none"), NEVER))
                .hasMessageContaining("has the alias none");
    }

    @Test
    void aUriInTheArtifactsOfARunOrLoggedModelIsCheckedThere() {
        String root = resolve(run("run", "plots")).uri().replaceAll("/plots$", "");
        assertThat(register("uris", new VersionSource.Uri(root + "/plots")).runId())
                .contains(id("run"));
        refused(new VersionSource.Uri(root + "/nowhere"), "no files", root + "/nowhere");
        String model = root.replace(id("run"), "models/" + id("scaler"));
        assertThat(register("uris", new VersionSource.Uri(model)).modelId()).contains(id("scaler"));
        refused(new VersionSource.Uri(model + "/nowhere"), "no files");
        refused(new VersionSource.Uri(root.replace(id("run"), "0".repeat(32)) + "/plots"), "cannot be checked");
    }

    @Test
    void whatNobodyCanCheckIsRefused() {
        for (String uri : new String[] {
            "s3://nowhere/model", "s3://bucket/" + id("run") + "/artifacts/model", "file:///etc", "/etc", "model", ""
        }) {
            refused(new VersionSource.Uri(uri), "cannot be checked", uri, "Nothing was registered");
        }
    }
}
