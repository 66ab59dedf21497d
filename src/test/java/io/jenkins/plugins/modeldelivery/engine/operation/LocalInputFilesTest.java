package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.request.LocalInputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInputFilesTest {
    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    Path directory;

    private void assertRefused(String path, ErrorKind problem, String... parts) {
        assertThatThrownBy(() -> new LocalInputFiles(directory).read(path, MEBIBYTE))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(problem))
                .hasMessageContainingAll(parts);
    }

    @Test
    void relativePathsBeginAtTheBaseAndOthersStayAsTheyAre() throws IOException {
        Path file = Files.writeString(directory.resolve("a.json"), "{}");
        assertThat(new LocalInputFiles(directory).read("a.json", MEBIBYTE)).isEqualTo(new byte[] {'{', '}'});
        assertThat(new LocalInputFiles(Path.of("elsewhere")).read(file.toString(), MEBIBYTE))
                .hasSize(2);
        assertThat(new LocalInputFiles(directory).path("a.json")).isEqualTo(file);
    }

    @Test
    void aFileThatIsMissingIsNamed() {
        assertRefused("none.json", ErrorKind.INVALID_INPUT, "There is no file " + directory.resolve("none.json"));
    }

    @Test
    void aFileMayBeAsLargeAsIsAllowedAndNoLarger() throws IOException {
        Files.write(directory.resolve("full"), new byte[MEBIBYTE]);
        assertThat(new LocalInputFiles(directory).read("full", MEBIBYTE)).hasSize(MEBIBYTE);
        Files.write(directory.resolve("large"), new byte[MEBIBYTE + 1]);
        assertRefused("large", ErrorKind.INVALID_INPUT, directory.resolve("large") + " is larger than 1 MiB");
    }

    @Test
    void aPathThatCannotBeIsNone() {
        assertRefused("a\u0000b", ErrorKind.INVALID_INPUT, "\"a b\" is no path");
    }

    @Test
    void aDirectoryInItsPlaceIsNamed() {
        assertRefused("", ErrorKind.LOCAL_IO, "Cannot read " + directory, "directory");
    }

    @Test
    void anUnreadableFileIsNamed() throws Exception {
        Path dark = Files.writeString(directory.resolve("dark.json"), "{}");
        Files.setPosixFilePermissions(dark, Set.of());
        Process process = JavaProcess.ofOrdinaryUser(Reader.class, dark.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("LOCAL_IO Cannot read " + dark)
                .contains("AccessDenied");
    }

    /** Reads a file and prints the problem. */
    public static final class Reader {
        private Reader() {}

        public static void main(String[] arguments) {
            try {
                System.out.println(new LocalInputFiles(Path.of("")).read(arguments[0], MEBIBYTE).length);
            } catch (DeliveryException e) {
                System.out.println(e.kind() + " " + e.getMessage());
            }
        }
    }
}
