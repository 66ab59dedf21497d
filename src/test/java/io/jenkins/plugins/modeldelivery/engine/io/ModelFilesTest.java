package io.jenkins.plugins.modeldelivery.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.live.JavaProcess;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may lie in a model directory, and what is refused with a reason. */
@Timeout(60)
class ModelFilesTest {
    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void make() throws IOException {
        model = Files.createDirectories(directory.resolve("model"));
    }

    private static void shell(String command, Path in) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(in.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).as(command).isZero();
    }

    private static void assertRefused(Path path, String... parts) {
        assertThatThrownBy(() -> ModelFiles.list(path))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource({
        "ln -s /etc/passwd link, link leaves",
        "ln -s / link, link leaves",
        "ln -s .. link, link leaves",
        "ln -s ../outside link, link leaves",
        "mkdir d; ln -s /etc d/link, d/link leaves",
        "ln -s nothing link, link in the model directory",
        "ln -s link link, link in the model directory",
        "ln -s b a; ln -s a b, does not exist",
        "mkdir d; ln -s ../d d/link, parent directories",
        "ln -s . link, parent directories",
        "mkfifo pipe, pipe is a pipe, a socket or a device",
        "mkfifo pipe; ln -s pipe link, is a pipe, a socket or a device",
        "printf x > $'line\\nbreak', control character",
        "printf x > $'bell\\a', control character",
        "printf x > $'latin-\\xe9', cannot be decoded",
        "mkdir $'latin-\\xe9'; printf x > $'latin-\\xe9/f', cannot be decoded",
        "mkdir C:; printf x > C:/f, begins as a drive does",
        "mkdir -p $(printf 'd/%.0s' {1..65}); printf x > $(printf 'd/%.0s' {1..65})f, more than 64 directories",
        ":, has no files",
        "mkdir -p a/b/c d, has no files",
    })
    void refusesWithTheReason(String command, String reason) throws Exception {
        Files.writeString(directory.resolve("outside"), "secret");
        shell(command, model);
        assertRefused(model, reason);
        shell("find . -type l -delete", model);
    }

    @Test
    void aLinkToASiblingWhoseNameBeginsTheSameLeavesTheDirectory() throws IOException {
        Path sibling = Files.createDirectories(directory.resolve("model-of-others"));
        Files.createSymbolicLink(model.resolve("link"), Files.writeString(sibling.resolve("f"), "theirs"));
        assertRefused(model, "link leaves");
    }

    @Test
    void followsLinksThatStayInside() throws Exception {
        shell("mkdir d; printf weights > d/file; ln -s d/file link; ln -s d copy", model);
        ModelFiles files = ModelFiles.list(model);
        assertThat(files.files()).extracting(ModelFiles.File::path).containsExactly("copy/file", "d/file", "link");
        assertThat(files.hash(Cancellation.NONE).entries().stream()
                        .map(Manifest.Entry::sha256)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theModelDirectoryItselfMayBeALink() throws IOException {
        Files.writeString(model.resolve("f"), "x");
        Path link = Files.createSymbolicLink(directory.resolve("latest"), model);
        assertThat(ModelFiles.list(link).files())
                .extracting(ModelFiles.File::path)
                .containsExactly("f");
    }

    @Test
    void aSocketInTheDirectoryIsRefused() throws IOException {
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(model.resolve("socket")));
            assertRefused(model, "socket is a pipe, a socket or a device");
        }
    }

    @Test
    void aPipeInPlaceOfAModelIsRefused() throws Exception {
        shell("mkfifo pipe", directory);
        assertRefused(directory.resolve("pipe"), "a pipe, a socket or a device");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "/dev/null"})
    void aDeviceInPlaceOfAModelIsRefused(String device) {
        assertRefused(Path.of(device), device + " is a pipe, a socket or a device");
    }

    @Test
    void saysThatThereIsNothing() {
        assertRefused(directory.resolve("none"), "There is no file or directory");
        assertRefused(Path.of("n".repeat(1000)), "There is no file or directory");
    }

    @Test
    void takesUnusualNamesAsTheyAre() throws IOException {
        for (String name : new String[] {
            "n".repeat(255),
            "é".repeat(127),
            "dots...",
            " blank ",
            "-rf",
            "A",
            "a",
            "emoji 🚀",
            "back\\slash",
            "...",
            "%2e%2e"
        }) {
            Files.writeString(model.resolve(name), name);
        }
        ModelFiles files = ModelFiles.list(model);
        assertThat(files.files()).hasSize(11);
        assertThat(files.hash(Cancellation.NONE).entries())
                .allSatisfy(entry ->
                        assertThat(entry.size()).isEqualTo(entry.path().getBytes(StandardCharsets.UTF_8).length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"---------", "--x--x--x"})
    void anUnreadableFileOrDirectoryIsNamed(String rights) throws Exception {
        Path dark = model.resolve("dark");
        if (rights.contains("x")) {
            Files.writeString(Files.createDirectories(dark).resolve("weights"), "x");
        } else {
            Files.writeString(dark, "x");
        }
        Files.setPosixFilePermissions(dark, PosixFilePermissions.fromString(rights));
        Process process = JavaProcess.ofOrdinaryUser(Hasher.class, model.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(dark, PosixFilePermissions.fromString("rwx------"));
        assertThat(said).startsWith("LOCAL_IO Cannot ").contains("model/dark", "AccessDenied");
        assertThat(said.strip().lines()).hasSize(1);
    }

    /** Prints the digest of a model, or the problem. */
    public static final class Hasher {
        private Hasher() {}

        public static void main(String[] arguments) {
            try {
                System.out.println(ModelFiles.list(Path.of(arguments[0]))
                        .hash(Cancellation.NONE)
                        .digest());
            } catch (DeliveryException e) {
                System.out.println(e.kind() + " " + e.getMessage());
            }
        }
    }
}
