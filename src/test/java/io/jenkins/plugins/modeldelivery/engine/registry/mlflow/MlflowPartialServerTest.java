package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry.RegistryInfo;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that speaks a part of MLflow's API, with answers in the form that GitLab documents (MLflow client
 * compatibility): no version, no search of versions, no tags of models, no aliases that can be set, times in seconds.
 */
@Timeout(60)
class MlflowPartialServerTest {
    private static final Cancellation NEVER = Cancellation.NONE;
    private static final String API = "/api/2.0/mlflow/";
    private static final String MISSING = "{\"error\": \"404 Not Found\"}";

    @TempDir
    Path directory;

    private FakeServer server;
    private MlflowRegistry registry;

    @BeforeEach
    void start() throws Exception {
        server = new FakeServer();
        registry = server.registry();
        for (String path :
                new String[] {"GET " + API + "model-versions/search", "POST " + API + "registered-models/set-tag"}) {
            server.on(path, json(404, MISSING));
        }
    }

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private static String version(String number, String operation) {
        return "{\"name\": \"churn\", \"version\": \"" + number + "\", \"creation_timestamp\": 1772366400,"
                + " \"current_stage\": \"development\", \"source\":"
                + " \"https://gitlab.example/group/project/-/ml/models/1\","
                + " \"run_id\":"
                + " \"eid-" + number + "\", \"status\": \"READY\", \"aliases\": [\"1.0.0\"],"
                + " \"tags\": [{\"key\": \"model-delivery.operation\", \"value\": \"" + operation + "\"}]}";
    }

    private void model(String... versions) {
        server.on(
                "GET " + API + "registered-models/get",
                "{\"registered_model\": {\"name\": \"churn\", \"tags\": [], \"latest_versions\": ["
                        + String.join(",", versions) + "]}}");
    }

    private Optional<String> find(String operation) {
        return registry.findByOperation("churn", operation, NEVER).map(ModelVersion::version);
    }

    @Test
    void aServerWithoutAVersionIsDescribedAllTheSame() {
        server.on("GET /version", json(404, MISSING));
        server.on("GET " + API + "registered-models/search", "{\"registered_models\": []}");

        RegistryInfo info = registry.describe(NEVER);
        assertThat(info.version()).isEmpty();
        assertThat(info.warnings()).hasSize(1).first().asString().contains("part of the MLflow API");
    }

    @Test
    void aPageInPlaceOfTheVersionIsNoVersion() {
        server.on("GET /version", json(200, "<html>Sign in</html>" + " ".repeat(10_000)));
        server.on("GET " + API + "registered-models/search", "{}");

        assertThat(registry.describe(NEVER).version()).isEmpty();
    }

    @Test
    void whatIsNoMlflowAtAllIsSaidToBeNone() {
        assertThatThrownBy(() -> registry.describe(NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                .hasMessageContaining("not the address of an MLflow tracking server");
    }

    @Test
    void theVersionOfAnOperationIsFoundAmongThoseOfTheModel() {
        model(version("17", "theirs"), version("18", "ours"), version("19", "other"));

        assertThat(find("ours")).contains("18");
        assertThat(find("none of these")).isEmpty();
    }

    @Test
    void aModelWithoutVersionsAndOneThatIsMissingHaveNone() {
        assertThatThrownBy(() -> find("ours")).hasMessageContaining("ENDPOINT_NOT_FOUND");
        server.on("GET " + API + "registered-models/get", json(404, "{\"error_code\": \"RESOURCE_DOES_NOT_EXIST\"}"));
        assertThat(find("ours")).isEmpty();
    }

    @Test
    void aModelThatIsNewHasNone() {
        model();
        assertThat(find("ours")).isEmpty();
    }

    @Test
    void whereOnlyTheLatestVersionIsListedNobodyClaimsThatTheOperationHasNone() {
        model(version("19", "other"));

        assertThat(find("other")).contains("19");
        assertThatThrownBy(() -> find("ours"))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                .hasMessageContaining("may have arrived")
                .hasMessageContaining("model-delivery.operation = ours");
    }

    @Test
    void versionsMayBeTexts() {
        server.on("GET " + API + "model-versions/get", "{\"model_version\": " + version("1.0.0-rc.1", "ours") + "}");

        ModelVersion read = registry.version("churn", "1.0.0-rc.1", NEVER);
        assertThat(read.version()).isEqualTo("1.0.0-rc.1");
        assertThat(read.uri()).isEqualTo("models:/churn/1.0.0-rc.1");
        assertThat(read.created()).hasValueSatisfying(t -> assertThat(t).hasToString("2026-03-01T12:00:00Z"));
        assertThat(server.requests().get(0).getUrl().queryParameter("version")).isEqualTo("1.0.0-rc.1");
    }

    @Test
    void aRunIsRegisteredAndItsMetricsAreRead() {
        server.on(
                "GET " + API + "runs/get",
                "{\"run\": {\"info\": {\"run_id\": \"eid-18\", \"artifact_uri\": \"https://gitlab.example/packages\"},"
                        + " \"data\": {\"metrics\": [{\"key\": \"auc\", \"value\": 0.9, \"timestamp\": 1, \"step\":"
                        + " 0}]}}}");
        server.on(
                "GET " + API + "artifacts/list",
                "{\"files\": [{\"path\": \"model\", \"is_dir\": true}, {\"path\": \"MLmodel\"}]}");
        server.on("POST " + API + "model-versions/create", "{\"model_version\": " + version("18", "ours") + "}");

        VersionSource source = registry.resolve(new VersionSource.Run("eid-18", ""), NEVER);
        NewVersion plan = new NewVersion("churn", "ours", source, Metrics.NONE, Map.of(), "", Map.of());
        ModelVersion created = registry.createVersion(plan, Optional.empty(), Optional.empty(), NEVER);
        assertThat(created.version()).isEqualTo("18");
        assertThat(registry.metrics(created, NEVER).find("auc", Slice.ALL)).isPresent();
    }

    @Test
    void aRunWhoseFilesTheServerDoesNotListIsNoSource() {
        server.on(
                "GET " + API + "runs/get",
                "{\"run\": {\"info\": {\"run_id\": \"eid-18\", \"artifact_uri\":"
                        + " \"https://gitlab.example/packages\"}}}");
        assertThatThrownBy(() -> registry.resolve(new VersionSource.Run("eid-18", "model"), NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                .hasMessageContaining("list the files of the run eid-18 at model");
    }

    @Test
    void aServerWithoutLoggedModelsHasTheArtifactsOfItsRuns() {
        server.on(
                "GET " + API + "runs/get",
                "{\"run\": {\"info\": {\"run_id\": \"r1\", \"artifact_uri\": \"mlflow-artifacts:/1/r1/artifacts\"}}}");
        server.on("GET " + API + "artifacts/list", "{\"files\": [{\"path\": \"model/weights\", \"is_dir\": false}]}");
        assertThat(registry.resolve(new VersionSource.Run("r1", "model"), NEVER))
                .isEqualTo(new VersionSource.Resolved(
                        "mlflow-artifacts:/1/r1/artifacts/model", Optional.of("r1"), Optional.empty()));
    }

    @Test
    void aVersionIsDownloadedFromWhereTheServerSays() {
        server.on("GET " + API + "model-versions/get", "{\"model_version\": " + version("18", "ours") + "}");
        server.on("GET " + API + "model-versions/get-download-uri", "{\"artifact_uri\": \"mlflow-artifacts:18\"}");
        server.on(
                "GET /api/2.0/mlflow-artifacts/artifacts",
                "{\"files\": [{\"path\": \"MLmodel\", \"is_dir\": false, \"file_size\": 5}]}");
        server.on("GET /api/2.0/mlflow-artifacts/artifacts/18/MLmodel", "model");

        registry.download(registry.version("churn", "18", NEVER), directory, TransferProgress.SILENT, NEVER);
        assertThat(directory.resolve("MLmodel")).content(StandardCharsets.UTF_8).isEqualTo("model");
    }

    private static final MockResponse.Builder POINTING_NOWHERE =
            json(200, "{\"registered_model\": {\"name\": \"churn\"}}");

    private static MockResponse.Builder pointing(String version) {
        return json(
                200,
                "{\"registered_model\": {\"name\": \"churn\", \"aliases\": [{\"alias\": \"champion\", \"version\": \""
                        + version + "\"}]}}");
    }

    private AliasMove champion(String version) {
        return registry.moveAlias(
                "churn", new AliasChange("champion", Optional.empty(), Optional.of(version), "move-7"), NEVER);
    }

    @Test
    void anAliasIsReadAgainDirectlyBeforeItIsMoved() {
        server.on("GET " + API + "registered-models/get", POINTING_NOWHERE, POINTING_NOWHERE, pointing("18"));
        server.on("POST " + API + "registered-models/set-tag", "{}");
        server.on("POST " + API + "registered-models/alias", "{}");
        assertThat(champion("18")).isEqualTo(new AliasMove(AliasMove.Outcome.MOVED, Optional.of("18")));
        assertThat(server.lines())
                .containsExactly(
                        "GET " + API + "registered-models/get",
                        "POST " + API + "registered-models/set-tag",
                        "GET " + API + "registered-models/get",
                        "POST " + API + "registered-models/alias",
                        "GET " + API + "registered-models/get");
    }

    @Test
    void anAliasThatSomebodyMovesWhileOursIsNotedIsNotMovedAgain() {
        server.on("GET " + API + "registered-models/get", POINTING_NOWHERE, pointing("17"));
        server.on("POST " + API + "registered-models/set-tag", "{}");
        assertThat(champion("18")).isEqualTo(new AliasMove(AliasMove.Outcome.CONFLICT, Optional.of("17")));
        assertThat(champion("17")).isEqualTo(new AliasMove(AliasMove.Outcome.ALREADY, Optional.of("17")));
        assertThat(server.lines()).noneMatch(line -> line.endsWith("registered-models/alias"));
    }

    @Test
    void anAccountThatMayNotMoveAnAliasIsToldWhatItNeeds() {
        MockResponse.Builder denied =
                json(403, "{\"error_code\": \"PERMISSION_DENIED\", \"message\": \"Permission denied\"}");
        server.on("GET " + API + "registered-models/get", POINTING_NOWHERE);
        server.on("POST " + API + "registered-models/set-tag", json(200, "{}"), denied);
        server.on("POST " + API + "registered-models/alias", denied);
        for (String refused : new String[] {"by the alias's call", "by the tag's call"}) {
            assertThatThrownBy(() -> champion("18"))
                    .as(refused)
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED))
                    .hasMessageContainingAll(
                            "move the alias champion of churn", "403", "was not moved", "churn", "EDIT or MANAGE");
        }
    }

    @Test
    void aMoveThatSomebodyElseMovedOnFromIsOvertaken() {
        server.on("GET " + API + "registered-models/get", POINTING_NOWHERE, POINTING_NOWHERE, pointing("19"));
        server.on("POST " + API + "registered-models/alias", "{}");
        assertThat(champion("18")).isEqualTo(new AliasMove(AliasMove.Outcome.OVERTAKEN, Optional.of("19")));
    }

    @Test
    void aMoveThatCannotBeReadBackWasMadeAllTheSame() {
        server.on("GET " + API + "registered-models/get", POINTING_NOWHERE, POINTING_NOWHERE, json(403, "{}"));
        server.on("POST " + API + "registered-models/alias", "{}");
        assertThat(champion("18")).isEqualTo(new AliasMove(AliasMove.Outcome.MOVED, Optional.of("18")));
    }

    @Test
    void anAliasIsMovedWithoutTagsOfModels() {
        server.on("GET " + API + "registered-models/get", POINTING_NOWHERE, POINTING_NOWHERE, pointing("18"));
        server.on("POST " + API + "registered-models/alias", "{}");

        AliasMove move = registry.moveAlias(
                "churn", new AliasChange("champion", Optional.empty(), Optional.of("18"), "move-7"), NEVER);
        assertThat(move.outcome()).isEqualTo(AliasMove.Outcome.MOVED);
    }

    @Test
    void aServerWithoutAliasesSaysSo() {
        model(version("18", "ours"));
        assertThatThrownBy(() -> registry.moveAlias(
                        "churn", new AliasChange("champion", Optional.empty(), Optional.of("18"), "move-8"), NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                .hasMessageContaining("move the alias champion of churn")
                .hasMessageContaining("only a part of its API");
    }

    @Test
    void aRunOfAnotherOperationIsNotTakenWhereSearchesDoNotFilter() {
        server.on("GET " + API + "experiments/get-by-name", "{\"experiment\": {\"experiment_id\": \"1\"}}");
        server.on(
                "POST " + API + "runs/search",
                "{\"runs\": [{\"info\": {\"run_id\": \"theirs\", \"artifact_uri\": \"mlflow-artifacts:/1/theirs\"},"
                        + " \"data\": {\"tags\": [{\"key\": \"model-delivery.operation\", \"value\": \"theirs\"}]}}]}");
        server.on(
                "POST " + API + "runs/create",
                "{\"run\": {\"info\": {\"run_id\": \"ours\", \"artifact_uri\": \"mlflow-artifacts:/1/ours\"}}}");

        NewVersion plan = new NewVersion(
                "churn", "ours", new VersionSource.Files(directory), Metrics.NONE, Map.of(), "", Map.of());
        assertThat(registry.stage(plan, false, NEVER).properties())
                .containsEntry("runId", "ours")
                .containsEntry("files", "mlflow-artifacts:/1/ours/model")
                .doesNotContainKey("modelId");
        registry.stage(plan, false, NEVER);
        assertThat(server.lines())
                .as("logged models are asked for once")
                .filteredOn(l -> l.endsWith("logged-models"))
                .hasSize(1);
    }

    /** Nothing is asked of the server, since what it answers tomorrow may be another version. */
    @ParameterizedTest
    @ValueSource(strings = {"models:/res", "models:/res/", "models:/res/latest", "models:/res/Production", "models:/"})
    void aSourceThatNamesNoVersionIsRefused(String uri) {
        assertThatThrownBy(() -> registry.resolve(new VersionSource.Uri(uri), NEVER))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("names no version")
                .hasMessageContaining("models:/churn/7");
    }
}
