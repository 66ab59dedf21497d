package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
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
}
