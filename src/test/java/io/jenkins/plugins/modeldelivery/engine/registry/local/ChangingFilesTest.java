package io.jenkins.plugins.modeldelivery.engine.registry.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A training that is still writing while its model is registered. */
@Timeout(60)
class ChangingFilesTest {
    private static final int SIZE = 1 << 20;

    @TempDir
    Path directory;

    private Path file;
    private LocalDirectoryRegistry registry;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(directory.resolve("model"));
        file = Files.write(directory.resolve("model/weights"), new byte[SIZE]);
        registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
    }

    private interface Change {
        void apply() throws IOException;
    }

    /** Is asked before each piece is copied, so its effect happens in the middle of the file. */
    private static Cancellation meanwhile(Change change) {
        return new Cancellation() {
            @Override
            public boolean requested() {
                try {
                    change.apply();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return false;
            }

            @Override
            public Registration onCancel(Runnable action) {
                return () -> {};
            }
        };
    }

    private void assertNoticed(Change change) throws IOException {
        NewVersion plan = new NewVersion(
                "churn", "operation", new VersionSource.Files(file), Metrics.NONE, Map.of(), "described", Map.of());
        VersionDraft staging = registry.stage(plan, true, Cancellation.NONE);
        ModelFiles files = ModelFiles.list(directory.resolve("model"));
        assertThatThrownBy(() -> registry.upload(staging, files, TransferProgress.SILENT, meanwhile(change)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCAL_IO))
                .hasMessageContaining("weights changed while it was read");
        try (Stream<Path> left = Files.walk(directory.resolve("registry"))) {
            assertThat(left.filter(Files::isRegularFile)
                            .map(p -> p.getFileName().toString()))
                    .as("nothing half done")
                    .containsOnly(".lock");
        }
        registry.upload(
                staging, ModelFiles.list(directory.resolve("model")), TransferProgress.SILENT, Cancellation.NONE);
        assertThat(registry.createVersion(plan, Optional.of(staging), Optional.empty(), Cancellation.NONE)
                        .version())
                .isEqualTo("1");
    }

    @Test
    void aFileThatGrowsIsNoticed() throws IOException {
        assertNoticed(() -> Files.writeString(file, "more", StandardOpenOption.APPEND));
    }

    @Test
    void aFileThatGrowsFasterThanItIsReadHasAnEnd() throws IOException {
        byte[] much = new byte[SIZE];
        assertNoticed(() -> Files.write(file, much, StandardOpenOption.APPEND));
    }

    @Test
    void aFileThatShrinksIsNoticed() throws IOException {
        assertNoticed(() -> Files.write(file, new byte[SIZE / 2]));
    }

    @Test
    void otherBytesOfTheSameSizeAreNoticed() throws IOException {
        byte[] other = new byte[SIZE];
        other[0] = 1;
        assertNoticed(() -> Files.write(file, other));
    }

    @Test
    void aFileThatGoesIsNoticed() {
        NewVersion plan = new NewVersion(
                "churn", "operation", new VersionSource.Files(file), Metrics.NONE, Map.of(), "described", Map.of());
        ModelFiles files = ModelFiles.list(directory.resolve("model"));
        assertThatThrownBy(() -> {
                    Files.delete(file);
                    registry.upload(
                            registry.stage(plan, true, Cancellation.NONE),
                            files,
                            TransferProgress.SILENT,
                            Cancellation.NONE);
                })
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCAL_IO))
                .hasMessageContaining("weights");
    }
}
