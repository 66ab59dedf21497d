package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryContract;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import java.io.IOException;
import java.net.URI;
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
                new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Pause.REAL),
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

    @ParameterizedTest
    @ValueSource(strings = {"one#two", "a%20b", "C:/x", "back\\slash", "line\nbreak"})
    void refusesAFileThatMlflowWouldRefuseOrRenameBeforeAnythingIsSent(String name) throws IOException {
        Path root = directory.resolve("odd");
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(root.resolve("a-first"), "fine");
        Files.writeString(file, "odd");
        Staging staging = registry.stage(plan(UUID.randomUUID().toString(), Metrics.NONE), true, NEVER);
        assertThatThrownBy(() -> registry.upload(staging, ModelFiles.list(root), TransferProgress.SILENT, NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT))
                .hasMessageContaining("Rename the file");
        String run = staging.properties().get("runId");
        try (Stream<Path> stored = Files.walk(server.resolve("artifacts"))) {
            assertThat(stored.filter(Files::isRegularFile).map(Path::toString)).noneMatch(p -> p.contains(run));
        }
    }
}
