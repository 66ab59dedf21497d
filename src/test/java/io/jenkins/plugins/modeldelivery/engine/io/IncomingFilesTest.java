package io.jenkins.plugins.modeldelivery.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source lists may be of a model, and the file system can hold it: said before anything is asked for. */
class IncomingFilesTest {
    private static final IncomingFiles.Source SOURCE = new IncomingFiles.Source("The server at X", ErrorKind.SERVER);

    private static List<IncomingFiles.Listed> listed(long size, String... paths) {
        return Arrays.stream(paths)
                .map(path -> new IncomingFiles.Listed(path, size))
                .toList();
    }

    private static FileSystem unix() {
        return Jimfs.newFileSystem(Configuration.unix());
    }

    /** Takes {@code A} and {@code a} for one file. */
    private static FileSystem windows() {
        return Jimfs.newFileSystem(Configuration.windows());
    }

    private static Path into(FileSystem system) {
        return system.getRootDirectories().iterator().next().resolve("model");
    }

    private static void accepts(FileSystem system, String... paths) {
        Path into = into(system);
        try (IncomingFiles incoming =
                IncomingFiles.open(into, listed(1, paths), SOURCE, IncomingFiles.Limits.DEFAULT)) {
            for (IncomingFiles.Listed file : listed(1, paths)) {
                IncomingFiles.Part part = incoming.part(file);
                part.write(bytes("x"), 1, Cancellation.NONE);
                assertThat(part.finish().path()).isEqualTo(file.path());
            }
            incoming.keep();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(ModelFiles.list(into).files())
                .extracting(ModelFiles.File::path)
                .containsExactlyInAnyOrder(paths);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuses(FileSystem system, ErrorKind problem, String said, String... paths) {
        refuses(system, problem, said, IncomingFiles.Limits.DEFAULT, listed(1, paths));
    }

    private static void refuses(
            FileSystem system,
            ErrorKind problem,
            String said,
            IncomingFiles.Limits limits,
            List<IncomingFiles.Listed> listed) {
        Path into = into(system);
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(
                        () -> IncomingFiles.open(into, listed, SOURCE, limits).close())
                .withMessageContaining(said)
                .extracting(DeliveryException::kind)
                .isEqualTo(problem);
        assertEmpty(into);
    }

    private static void assertEmpty(Path into) {
        try (Stream<Path> left = Files.exists(into) ? Files.list(into) : Stream.empty()) {
            assertThat(left).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void takesWhatIsOfAModel() throws IOException {
        try (FileSystem unix = unix();
                FileSystem windows = windows()) {
            accepts(unix, "MLmodel", "data/model.pkl", "data/deep/er/x", "a.part", "con", "A", "a", "layer:0", "a\\b");
            accepts(windows, "MLmodel", "data/model.pkl", "data/deep/er/x", "console", "com10", ".hidden", "data.x/y");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, does not begin in",
        "../up, leaves the directory",
        "a/../../up, leaves the directory",
        "a/.., leaves the directory",
        "./a, shortest form",
        "a//b, shortest form",
        "a/, shortest form",
        "C:/windows/system32, drive",
        "'', is empty",
        "'a\nb', control character"
    })
    void refusesPathsThatAreNone(String path, String said) throws IOException {
        try (FileSystem unix = unix();
                FileSystem windows = windows()) {
            refuses(unix, ErrorKind.SERVER, said, path);
            refuses(windows, ErrorKind.SERVER, said, "fine", path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CON",
                "con",
                "nul.txt",
                "data/AUX",
                "LPT1.tar.gz",
                "com\u00b9",
                "ends.",
                "ends ",
                "dir./x",
                "a:b",
                "a?",
                "a*",
                "a<b",
                "a|b",
                "a\"b",
                "..\\up",
                "C:\\windows"
            })
    void refusesOnWindowsWhatNoFileIsNamedThere(String path) throws IOException {
        try (FileSystem unix = unix();
                FileSystem windows = windows()) {
            refuses(windows, ErrorKind.LOCAL_IO, "Windows", path);
            accepts(unix, path);
        }
    }

    @ParameterizedTest
    @CsvSource({"Model, model", "data/A, data/a", "Data/x, data/y", "Data, data/y", "\u00c4, \u00e4"})
    void refusesNamesThatDifferInCaseWhereTheyMeet(String first, String second) throws IOException {
        try (FileSystem unix = unix();
                FileSystem windows = windows()) {
            refuses(windows, ErrorKind.SERVER, "differ only in upper and lower case", first, second);
            accepts(unix, first, second);
        }
    }

    @Test
    void refusesFilesThatCannotBeTogether() throws IOException {
        try (FileSystem unix = unix()) {
            refuses(unix, ErrorKind.SERVER, "\"a/b\" twice", "a/b", "c", "a/b");
            refuses(unix, ErrorKind.SERVER, "\"a\" as a file and as the directory of \"a/b/c\"", "a", "a/b/c");
            refuses(unix, ErrorKind.SERVER, "as a file and as the directory", "x/y/z", "x/y");
        }
    }

    @Test
    void refusesMoreThanTheLimits() throws IOException {
        IncomingFiles.Limits limits = new IncomingFiles.Limits(2, 100, 0);
        try (FileSystem unix = unix()) {
            refuses(unix, ErrorKind.SERVER, "lists 3 files", limits, listed(1, "a", "b", "c"));
            refuses(unix, ErrorKind.SERVER, "102 bytes", limits, listed(51, "a", "b"));
            refuses(unix, ErrorKind.SERVER, "bytes", limits, listed(Long.MAX_VALUE, "a", "b"));
            refuses(unix, ErrorKind.SERVER, "more than 64 directories", "d/".repeat(65) + "x");
        }
    }

    @Test
    void refusesMoreThanTheDiskHasRoomFor() throws IOException {
        try (FileSystem small = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setMaxSize(1 << 20)
                .setBlockSize(1024)
                .build())) {
            refuses(
                    small,
                    ErrorKind.LOCAL_IO,
                    "Free disk space",
                    IncomingFiles.Limits.DEFAULT,
                    listed(600_000, "a", "b"));
        }
    }

    @Test
    void leavesATenthOfASmallDiskFree() throws IOException {
        try (FileSystem small = smallDisk()) {
            refuses(small, ErrorKind.LOCAL_IO, "reserved", IncomingFiles.Limits.DEFAULT, listed(480_000, "a", "b"));
        }
    }

    private static FileSystem smallDisk() {
        return Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setMaxSize(1 << 20)
                .setBlockSize(1024)
                .build());
    }

    /** Each of them has room when it begins. */
    @Test
    void twoDownloadsDoNotFillTheDiskTogether() throws IOException {
        try (FileSystem small = smallDisk()) {
            Path into = into(small);
            Path other = into.resolveSibling("other");
            String half = "x".repeat(500_000);
            try (IncomingFiles first = IncomingFiles.open(into, listed(-1, "a"), SOURCE, IncomingFiles.Limits.DEFAULT);
                    IncomingFiles second =
                            IncomingFiles.open(other, listed(-1, "b"), SOURCE, IncomingFiles.Limits.DEFAULT)) {
                IncomingFiles.Part a = first.part(listed(-1, "a").get(0));
                a.write(bytes(half), -1, Cancellation.NONE);
                a.finish();
                first.keep();
                IncomingFiles.Part b = second.part(listed(-1, "b").get(0));
                assertThatExceptionOfType(DeliveryException.class)
                        .isThrownBy(() -> b.write(bytes(half), -1, Cancellation.NONE))
                        .withMessageContaining("larger than the room")
                        .extracting(DeliveryException::kind)
                        .isEqualTo(ErrorKind.LOCAL_IO);
            }
            assertThat(Files.getFileStore(into).getUsableSpace()).isGreaterThan(500_000);
            assertThat(into.resolve("a")).exists();
            assertEmpty(other);
        }
    }

    @Test
    void filesWithoutASizeShareTheRoom() throws IOException {
        try (FileSystem unix = unix()) {
            Path into = into(unix);
            try (IncomingFiles incoming =
                    IncomingFiles.open(into, listed(-1, "a", "b"), SOURCE, new IncomingFiles.Limits(2, 10, 0))) {
                IncomingFiles.Part a = incoming.part(listed(-1, "a").get(0));
                a.write(bytes("123456"), -1, Cancellation.NONE);
                // Started again, as after a broken connection: earlier data does not count.
                a.write(bytes("12345678"), -1, Cancellation.NONE);
                a.finish();
                IncomingFiles.Part b = incoming.part(listed(-1, "b").get(0));
                assertThatExceptionOfType(DeliveryException.class)
                        .isThrownBy(() -> b.write(bytes("123"), -1, Cancellation.NONE))
                        .withMessageContaining("larger than the room")
                        .extracting(DeliveryException::kind)
                        .isEqualTo(ErrorKind.LOCAL_IO);
            }
            assertEmpty(into);
        }
    }

    @Test
    void aFileThatBeginsAnewIsTheLastOne() throws IOException {
        try (FileSystem unix = unix()) {
            Path into = into(unix);
            try (IncomingFiles incoming =
                    IncomingFiles.open(into, listed(4, "a"), SOURCE, IncomingFiles.Limits.DEFAULT)) {
                IncomingFiles.Part part = incoming.part(listed(4, "a").get(0));
                part.write(bytes("old"), 4, Cancellation.NONE);
                part.write(bytes("new!"), 4, Cancellation.NONE);
                assertThat(part.finish().sha256())
                        .isEqualTo("bdd1e524e5c90bee91a4f1ac4a087ca0012e36235ab24b5136d2a6388e7ad58b");
                incoming.keep();
            }
            assertThat(into.resolve("a")).content().isEqualTo("new!");
        }
    }
}
