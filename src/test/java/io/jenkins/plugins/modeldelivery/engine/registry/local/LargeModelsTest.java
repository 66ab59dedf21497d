package io.jenkins.plugins.modeldelivery.engine.registry.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Models with very many or very large files, in a process that has 64 MiB for all its objects. Beside the live tests, since the
 * disk takes its time.
 */
@Tag("live")
class LargeModelsTest {
    private static final int MANY = 10_000;
    private static final long LARGE = 5L * 1024 * 1024 * 1024;
    private static final int MINUTES = 10;

    @TempDir
    Path directory;

    private int register(String path) throws IOException, InterruptedException {
        ProcessBuilder builder = JavaProcess.of(
                Once.class,
                directory.resolve("registry").toString(),
                directory.resolve(path).toString());
        List<String> command = new ArrayList<>(builder.command());
        // The quick compiler has no SHA-256 of its own, which a large file needs.
        command.remove("-XX:TieredStopAtLevel=1");
        command.add(1, "-Xmx64m");
        Process process = builder.command(command).inheritIO().start();
        assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    @Test
    void tenThousandFilesAreOneModel() throws Exception {
        for (int i = 0; i < MANY; i++) {
            // Few contents, since each is forced to disk; the names are what there are many of.
            Path file = directory.resolve("model/part-" + i / 100 + "/file-" + i);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content " + i % 10);
        }
        assertThat(register("model")).isZero();
        LocalDirectoryRegistry registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
        ModelVersion version = registry.version("large", "1", Cancellation.NONE);
        assertThat(version.digest())
                .contains(ModelFiles.list(directory.resolve("model"))
                        .hash(Cancellation.NONE)
                        .digest());
    }

    /** Its copy takes 5 GiB of the disk for as long as the test runs. */
    @Test
    void aFileOfFiveGibibytesNeedsNoMoreMemoryThanASmallOne() throws Exception {
        assertThat(Files.getFileStore(directory).getUsableSpace())
                .as("room on the disk")
                .isGreaterThan(2 * LARGE);
        Path sparse = directory.resolve("sparse");
        try (FileChannel channel = FileChannel.open(sparse, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), LARGE - 1);
        }
        assertThat(register("sparse")).isZero();
        LocalDirectoryRegistry registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
        assertThat(registry.version("large", "1", Cancellation.NONE).digest())
                .contains(ModelFiles.list(sparse).hash(Cancellation.NONE).digest());
    }

    /** Registers one model. */
    public static final class Once {
        private Once() {}

        public static void main(String[] arguments) {
            Registering.one(
                    new LocalDirectoryRegistry(Path.of(arguments[0]), Clock.systemUTC()),
                    "large",
                    "operation",
                    Path.of(arguments[1]));
        }
    }
}
