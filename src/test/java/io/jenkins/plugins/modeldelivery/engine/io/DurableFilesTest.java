package io.jenkins.plugins.modeldelivery.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On the system of the machine, and on one as Windows has it: no directory can be opened there. */
@Timeout(60)
class DurableFilesTest {
    private enum System {
        OWN,
        WINDOWS
    }

    @TempDir
    Path own;

    private FileSystem windows;

    @BeforeEach
    void start() {
        windows = Jimfs.newFileSystem(Configuration.windows());
    }

    @AfterEach
    void stop() throws IOException {
        windows.close();
    }

    private Path directory(System system) {
        return system == System.OWN ? own : windows.getPath("C:\\work");
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsReplacedAsAWhole(System system) throws IOException {
        Path file = directory(system).resolve("deep").resolve("state.json");
        for (String text : List.of("first", "second", "")) {
            DurableFiles.replace(file, file.resolveSibling("state.new"), text);
            assertThat(Files.readString(file)).isEqualTo(text);
            assertThat(names(file.getParent())).containsExactly("state.json");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamBecomesAFileAndGetsAName(System system) throws IOException {
        Path directory = Files.createDirectories(directory(system));
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);
        long copied;
        try (SeekableByteChannel out = ConfinedFiles.in(directory).create(directory.resolve("aside"))) {
            copied = DurableFiles.copy(
                    new ByteArrayInputStream(content), out, content.length, Sha256.start(), Cancellation.NONE);
        }
        assertThat(copied).isEqualTo(content.length);
        DurableFiles.rename(directory.resolve("aside"), directory.resolve("sub").resolve("there"));
        assertThat(directory.resolve("sub").resolve("there")).hasBinaryContent(content);
    }

    @ParameterizedTest
    @EnumSource
    void aDirectoryGetsAName(System system) throws IOException {
        Path directory = Files.createDirectories(directory(system).resolve("aside"));
        Files.writeString(directory.resolve("file"), "text");
        DurableFiles.forceDirectory(directory);
        DurableFiles.rename(directory, directory.resolveSibling("1"));
        assertThat(directory.resolveSibling("1").resolve("file")).hasContent("text");
        assertThat(directory).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNotThereIsAnErrorWhereItCanBeOpened() {
        assertThatThrownBy(() -> DurableFiles.forceDirectory(own.resolve("nothing")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @ParameterizedTest
    @EnumSource
    void locksWork(System system) throws IOException {
        Path file = directory(system).resolve("deep").resolve(".lock");
        try (FileLocks.Held held = FileLocks.exclusive(file)) {
            assertThat(FileLocks.tryExclusive(file)).isEmpty();
        }
        try (FileLocks.Held one = FileLocks.shared(file);
                FileLocks.Held two = FileLocks.shared(file)) {
            assertThat(FileLocks.tryExclusive(file)).isEmpty();
        }
        FileLocks.tryExclusive(file).orElseThrow().close();
    }

    /** A virus scanner or a backup has opened the file for a moment; Windows refuses to replace it meanwhile. */
    private static DurableFiles.Move held(int times, IOException refusal, AtomicInteger tries) {
        return (from, to) -> {
            if (tries.incrementAndGet() <= times) {
                throw refusal;
            }
            Files.move(from, to);
        };
    }

    @Test
    void aFileThatIsHeldForAMomentIsReplacedOnWindows() throws IOException {
        Path directory = Files.createDirectories(directory(System.WINDOWS));
        List<Duration> pauses = new ArrayList<>();
        for (IOException refusal : List.of(
                new AccessDeniedException("there"),
                new FileSystemException(
                        "there", null, "The process cannot access the file because it is being used"))) {
            Path from = Files.createFile(directory.resolve("from"));
            AtomicInteger tries = new AtomicInteger();
            DurableFiles.rename(
                    from,
                    directory.resolve("to " + tries + refusal.getClass().getSimpleName()),
                    held(3, refusal, tries),
                    (pause, cancellation) -> pauses.add(pause));
            assertThat(tries).hasValue(4);
            assertThat(from).doesNotExist();
        }
        assertThat(pauses).hasSize(6).allSatisfy(pause -> assertThat(pause).isPositive());
    }

    @Test
    void aFileThatStaysHeldIsAnErrorInTheEnd() throws IOException {
        Path from = Files.createFile(
                Files.createDirectories(directory(System.WINDOWS)).resolve("from"));
        AtomicInteger tries = new AtomicInteger();
        AccessDeniedException refusal = new AccessDeniedException("there");
        List<Duration> pauses = new ArrayList<>();
        assertThatThrownBy(() -> DurableFiles.rename(
                        from,
                        from.resolveSibling("to"),
                        held(Integer.MAX_VALUE, refusal, tries),
                        (pause, cancellation) -> pauses.add(pause)))
                .isSameAs(refusal);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void whatIsRefusedForGoodIsTriedOnce() throws IOException {
        Path onWindows = Files.createDirectories(directory(System.WINDOWS)).resolve("from");
        for (Path from : List.of(own.resolve("from"), onWindows)) {
            boolean posix = from.getFileSystem() != windows;
            IOException refusal = posix ? new AccessDeniedException("there") : new NoSuchFileException("from");
            AtomicInteger tries = new AtomicInteger();
            assertThatThrownBy(() -> DurableFiles.rename(
                            from, from.resolveSibling("to"), held(9, refusal, tries), (pause, cancellation) -> {}))
                    .isSameAs(refusal);
            assertThat(tries).hasValue(1);
        }
    }
}
