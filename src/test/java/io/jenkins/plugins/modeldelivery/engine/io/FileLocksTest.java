package io.jenkins.plugins.modeldelivery.engine.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileLocksTest {
    private static final int THREADS = 4;
    private static final int EACH = 250;

    @TempDir
    Path directory;

    /** The system forgets all locks of a process on a file as soon as the process closes the file once. */
    @Test
    void threadsOfTwoProcessesExcludeEachOther() throws Exception {
        List<Process> processes = List.of(
                JavaProcess.start(Counter.class, directory.toString()),
                JavaProcess.start(Counter.class, directory.toString()));
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(directory.resolve("count")).hasContent(String.valueOf(2 * THREADS * EACH));
    }

    @Test
    void nobodyIsAloneWhileSomebodyShares() throws Exception {
        Path lock = directory.resolve("lock");
        FileLocks.Held first = FileLocks.shared(lock);
        FileLocks.Held second = FileLocks.shared(lock);
        first.close();
        assertThat(FileLocks.tryExclusive(lock)).isEmpty();
        assertThat(aloneInAnotherProcess(lock)).isFalse();
        second.close();
        assertThat(aloneInAnotherProcess(lock)).isTrue();
        Optional<FileLocks.Held> alone = FileLocks.tryExclusive(lock);
        assertThat(alone).isPresent();
        assertThat(FileLocks.tryExclusive(lock)).isEmpty();
        assertThat(aloneInAnotherProcess(lock)).isFalse();
        alone.get().close();
        assertThat(aloneInAnotherProcess(lock)).isTrue();
    }

    @Test
    void whoSharesWaitsForWhoIsAlone() throws Exception {
        Path lock = directory.resolve("lock");
        CompletableFuture<Void> sharing;
        try (FileLocks.Held alone = FileLocks.exclusive(lock)) {
            sharing = CompletableFuture.runAsync(() -> FileLocks.shared(lock).close());
            assertThat(sharing.isDone()).isFalse();
        }
        sharing.get(30, TimeUnit.SECONDS);
    }

    private static boolean aloneInAnotherProcess(Path lock) throws Exception {
        return JavaProcess.start(Asking.class, lock.toString()).waitFor() == 0;
    }

    /** Ends with 0 if it can have the lock for itself. */
    public static final class Asking {
        private Asking() {}

        public static void main(String[] arguments) {
            System.exit(FileLocks.tryExclusive(Path.of(arguments[0])).isPresent() ? 0 : 1);
        }
    }

    /** Counts in a file, in several threads. */
    public static final class Counter {
        private Counter() {}

        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            List<CompletableFuture<Void>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                threads.add(CompletableFuture.runAsync(() -> count(directory), command -> new Thread(command).start()));
            }
            threads.forEach(CompletableFuture::join);
        }

        private static void count(Path directory) {
            Path file = directory.resolve("count");
            for (int i = 0; i < EACH; i++) {
                try (FileLocks.Held held = FileLocks.exclusive(directory.resolve("lock"))) {
                    int count = Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
                    Files.writeString(file, String.valueOf(count + 1));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
