package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRepositoryTargetTest extends TargetContract {
    private static final int KEEP = 2;

    @TempDir
    Path directory;

    @Override
    protected ServingTarget target() {
        return new LocalRepositoryTarget(
                new ModelRepository(directory.resolve("served"), new VersionDirectories(), KEEP), Optional.empty());
    }

    @Override
    protected Path model(String name) throws IOException {
        Path model = directory.resolve(name);
        Files.createDirectories(model.resolve("assets"));
        Files.writeString(model.resolve("model.txt"), name);
        Files.writeString(model.resolve("assets/vocabulary"), "words of " + name);
        return model;
    }

    @Override
    protected Optional<SmokeTest> golden(String name) {
        return Optional.empty();
    }

    private List<String> published() throws IOException {
        try (Stream<Path> list = Files.list(directory.resolve("served").resolve(endpoint))) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void publishesWhatAPollingServerReads() throws IOException {
        deploy("first", "1");
        deploy("second", "2");
        assertThat(published()).containsExactly("2");
        assertThat(directory.resolve("served").resolve(endpoint).resolve("2/model.txt"))
                .hasContent("second");
    }

    @Test
    void prunesByCount() throws IOException {
        for (int version = 1; version <= 5; version++) {
            deploy(version % 2 == 0 ? "second" : "first", String.valueOf(version));
        }
        try (Stream<Path> kept =
                Files.list(directory.resolve("served/.model-delivery/kept").resolve(endpoint))) {
            assertThat(kept.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("3", "4");
        }
    }

    @Test
    void refusesAVersionThatIsNoNumber() {
        assertThatThrownBy(() -> bringIn(rollout("first", "1.0-beta"), "first"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("whole numbers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "null",
                "garbage",
                "{\"live\":7}",
                "{\"live\":{}}",
                "{\"live\":{\"model\":\"wine\""
            })
    void aDamagedStateIsNotTakenForAnEmptyEndpoint(String content) throws IOException {
        deploy("first", "1");
        Rollout second = rollout("second", "2");
        Path state = directory.resolve("served/.model-delivery/endpoints").resolve(endpoint + ".json");
        Files.writeString(state, content);
        assertThatThrownBy(() -> bringIn(second, "second"))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CORRUPT))
                .hasMessageContainingAll(state.toString(), "Nothing was changed", "backup");
        assertThat(published()).containsExactly("1");
        assertThat(state).hasContent(content);
    }

    @Test
    void keepsThePreviousVersionHoweverFewAreKept() throws IOException {
        ServingTarget one = new LocalRepositoryTarget(
                new ModelRepository(directory.resolve("served"), new VersionDirectories(), 1), Optional.empty());
        deploy("first", "9");
        deploy("second", "10");
        Rollout lower = rollout("first", "3");
        one.apply(lower, ModelFiles.list(model("first")), TransferProgress.SILENT, NEVER);
        one.switchOver(lower, NEVER);
        one.finish(lower, NEVER);
        Path kept = directory.resolve("served/.model-delivery/kept").resolve(endpoint);
        assertThat(kept.resolve("10")).exists();
        assertThat(kept.resolve("9")).doesNotExist();
    }

    /** MLServer's layout: settings beside the version directories, pointing at one; nothing that it would load twice. */
    @Test
    void writesTheSettingsThatMlserverReads() throws IOException {
        ServingTarget mlserver = new LocalRepositoryTarget(
                new ModelRepository(directory.resolve("ml"), new ModelSettings(Optional.of("a.Runtime")), KEEP),
                Optional.empty());
        Rollout rollout = rollout("first", "4");
        mlserver.apply(rollout, ModelFiles.list(model("first")), TransferProgress.SILENT, NEVER);
        assertThat(directory.resolve("ml").resolve(endpoint)).doesNotExist();
        mlserver.switchOver(rollout, NEVER);
        mlserver.finish(rollout, NEVER);
        Path home = directory.resolve("ml").resolve(endpoint);
        JsonNode settings =
                Json.read(Files.readAllBytes(home.resolve("model-settings.json")), Problem.CORRUPT, "settings");
        assertThat(settings.path("name").asText()).isEqualTo(endpoint);
        assertThat(settings.path("implementation").asText()).isEqualTo("a.Runtime");
        assertThat(settings.path("versions").path(0).asText()).isEqualTo("4");
        assertThat(settings.path("parameters").path("uri").asText()).isEqualTo("./4");
        assertThat(home.resolve("4/assets/vocabulary")).hasContent("words of first");
        mlserver.restore(rollout, NEVER);
        assertThat(home.resolve("model-settings.json")).doesNotExist();
    }

    @Test
    void saysThatTheDirectoryCannotBeWritten() throws IOException {
        Files.writeString(directory.resolve("served"), "a file where the repository should be");
        assertThatThrownBy(() -> target().apply(
                                new Rollout(
                                        "id",
                                        endpoint,
                                        new ServedVersion("m", "1", Optional.empty()),
                                        Optional.empty()),
                                ModelFiles.list(model("first")),
                                TransferProgress.SILENT,
                                NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.LOCAL_IO))
                .hasMessageContaining("Cannot bring the files into " + directory.resolve("served"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "-rf", "~", "a%2fb", "..%2f", "e\u202Ee", "C:x", "\uD83D\uDE00"})
    void refusesHostileEndpoints(String name) {
        assertThatThrownBy(() -> target().checkEndpoint(name)).isInstanceOf(DeliveryException.class);
        assertThatThrownBy(() -> target().checkEndpoint("n".repeat(1000))).isInstanceOf(DeliveryException.class);
    }
}
