package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryContract;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("live")
class MlflowRegistryLiveTest extends RegistryContract {
    @TempDir
    static Path server;

    private static LiveServer mlflow;
    private static ModelRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        mlflow = LiveMlflow.start(server);
        registry = new MlflowRegistry(
                new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL),
                URI.create(mlflow.url()),
                "contract",
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        registry.close();
        mlflow.close();
    }

    @Override
    protected ModelRegistry registry() {
        return registry;
    }

    private static void call(String method, String path, ObjectNode body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(mlflow.url() + "/api/2.0/mlflow/" + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(Json.text(body)))
                .build();
        HttpResponse<String> reply = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    }

    @Override
    protected void delete(String model) throws Exception {
        call("DELETE", "registered-models/delete", Json.object().put("name", model));
    }

    @Override
    protected void rename(String model, String name) throws Exception {
        call(
                "POST",
                "registered-models/rename",
                Json.object().put("name", model).put("new_name", name));
    }

    @Override
    protected void moveByHand(String from, String to) throws Exception {
        ObjectNode body = Json.object().put("name", model).put("alias", "champion");
        call("POST", "registered-models/alias", body.put("version", to));
    }

    @Override
    protected void describe(String model, String version, String description) throws Exception {
        ObjectNode body = Json.object().put("name", model).put("version", version);
        call("PATCH", "model-versions/update", body.put("description", description));
    }

    @ParameterizedTest
    @ValueSource(strings = {"one#two", "a%20b", "C:/x", "back\\slash", "line\nbreak"})
    void refusesAFileThatMlflowWouldRefuseOrRenameBeforeAnythingIsSent(String name) throws IOException {
        Path root = directory.resolve("odd");
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(root.resolve("a-first"), "fine");
        Files.writeString(file, "odd");
        VersionDraft staging = registry.stage(plan(UUID.randomUUID().toString(), Metrics.NONE), true, NEVER);
        assertThatThrownBy(() -> registry.upload(staging, ModelFiles.list(root), TransferProgress.SILENT, NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining("Rename");
        String run = staging.properties().get("runId");
        try (Stream<Path> stored = Files.walk(server.resolve("artifacts"))) {
            assertThat(stored.filter(Files::isRegularFile).map(Path::toString)).noneMatch(p -> p.contains(run));
        }
    }
}
