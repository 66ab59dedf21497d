package io.jenkins.plugins.modeldelivery.engine.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed in the middle of uploads, again and again, on one registry. */
@Timeout(120)
class KilledRegistryTest {
    private static final int KILLS = 8;
    private static final int FILES = 20;
    private static final int SIZE = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void everyVersionIsWholeAndWhatIsHalfIsClearedAwayAndReported() throws Exception {
        Path root = directory.resolve("registry");
        Path model = Files.createDirectories(directory.resolve("model"));
        Random random = new Random(7);
        byte[] content = new byte[SIZE];
        int reported = 0;
        for (int i = 0; i < KILLS; i++) {
            for (int file = 0; file < FILES; file++) {
                random.nextBytes(content);
                Files.write(model.resolve("part-" + file), content);
            }
            Process process = JavaProcess.start(Registering.class, root.toString(), "churn", model.toString(), "r" + i);
            int target = count(root) + 3 + random.nextInt(FILES);
            while (process.isAlive() && count(root) < target) {
                process.waitFor(1, TimeUnit.MILLISECONDS);
            }
            process.waitFor(random.nextInt(20), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            reported += assertWhole(root, model);
        }
        assertThat(reported)
                .as("torn writes that were found, cleared away and reported")
                .isPositive();
    }

    private static int count(Path root) throws IOException {
        Path blobs = root.resolve("blobs");
        if (!Files.isDirectory(blobs)) {
            return 0;
        }
        int count = 0;
        try (Stream<Path> list = Files.list(blobs)) {
            for (Path path : list.toList()) {
                count += path.toFile().isDirectory() ? path.toFile().list().length : 0;
            }
        }
        return count;
    }

    /** Gives back how many leftovers were reported. */
    private int assertWhole(Path root, Path model) throws IOException {
        LocalDirectoryRegistry registry = new LocalDirectoryRegistry(root, Clock.systemUTC());
        List<String> warnings = registry.describe(Cancellation.NONE).warnings();
        try (Stream<Path> walk = Files.walk(root)) {
            assertThat(walk.filter(p -> p.getFileName().toString().startsWith(".aside-")))
                    .isEmpty();
        }
        Path versions = root.resolve("models/churn/versions");
        Set<String> operations = new HashSet<>();
        for (String number : Files.isDirectory(versions) ? versions.toFile().list() : new String[0]) {
            ModelVersion version = registry.version("churn", number, Cancellation.NONE);
            assertThat(operations.add(version.tags().get(Tags.OPERATION)))
                    .as("once each")
                    .isTrue();
        }
        // The one process after the last finds everything in order and goes on.
        ModelVersion next = Registering.one(registry, "churn", "after " + operations.size(), model);
        Path down = directory.resolve("down " + operations.size());
        Manifest arrived = registry.download(next, down, TransferProgress.SILENT, Cancellation.NONE);
        assertThat(arrived).isEqualTo(ModelFiles.list(model).hash(Cancellation.NONE));
        return warnings.size();
    }
}
