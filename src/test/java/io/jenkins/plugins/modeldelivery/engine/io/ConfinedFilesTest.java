package io.jenkins.plugins.modeldelivery.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No operation on files below the root reads or changes files outside of it. */
class ConfinedFilesTest {
    private static final byte[] NEW = "new".getBytes();

    @TempDir
    private Path home;

    private Path root;
    private Path outside;
    private ConfinedFiles files;

    @BeforeEach
    void make() throws IOException {
        root = Files.createDirectories(home.resolve("root"));
        Files.createDirectories(root.resolve("own"));
        Files.writeString(root.resolve("own/file"), "own");
        outside = Files.createDirectories(home.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createDirectories(outside.resolve("empty"));
        Files.createSymbolicLink(root.resolve("directory"), outside);
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("own/inside"), root.resolve("own/file"));
        files = ConfinedFiles.in(root);
    }

    /** What is outside, with the number of names of each file. */
    private Map<String, String> outside() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(outside)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                found.put(
                        path.toString(),
                        Files.isRegularFile(path)
                                ? Files.readString(path) + Files.getAttribute(path, "unix:nlink")
                                : "");
            }
        }
        return found;
    }

    private interface Change {
        void on(ConfinedFiles files, Path path, Path own) throws IOException;
    }

    private enum Access {
        READ((files, path, own) -> files.read(path)),
        HASH((files, path, own) -> files.sha256(path)),
        LIST((files, path, own) -> files.list(path)),
        FILES((files, path, own) -> files.files(path)),
        CREATE_DIRECTORIES((files, path, own) -> files.createDirectories(path)),
        CREATE((files, path, own) -> files.create(path).close()),
        WRITE((files, path, own) -> files.write(path, NEW)),
        REPLACE((files, path, own) -> files.replace(path, path.resolveSibling("aside"), NEW)),
        RENAME_FROM((files, path, own) -> files.rename(path, own.resolve("moved"))),
        RENAME_TO((files, path, own) -> files.rename(own.resolve("file"), path)),
        TOUCH((files, path, own) -> files.touch(path, Instant.EPOCH)),
        LINK_FROM((files, path, own) -> files.link(path, own.resolve("linked"), name -> name)),
        LINK_TO((files, path, own) -> files.link(own, path, name -> name)),
        LOCK((files, path, own) -> FileLocks.exclusive(files.checked(path)).close());

        private final Change change;

        Access(Change change) {
            this.change = change;
        }
    }

    private void assertRefused(Access access, Path path) throws IOException {
        Map<String, String> before = outside();
        assertThatThrownBy(() -> access.change.on(files, path, root.resolve("own")))
                .as(access + " " + path)
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT))
                .hasMessageContainingAll("is a link or leads through one", "Remove the link");
        assertThat(outside()).isEqualTo(before);
        assertThat(root.resolve("own/file")).hasContent("own");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhatLeadsThroughALink(Access access) throws IOException {
        assertRefused(access, root.resolve("directory/secret"));
        assertRefused(access, root.resolve("directory/empty/new"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesALink(Access access) throws IOException {
        assertRefused(access, root.resolve("link"));
        assertRefused(access, root.resolve("directory"));
        assertRefused(access, root.resolve("own/inside"));
    }

    @Test
    void refusesWhenTheRootHasBecomeALink() throws IOException {
        Files.move(root, home.resolve("moved"));
        Files.createSymbolicLink(root, outside);
        Map<String, String> before = outside();
        for (Access access : Arrays.asList(Access.READ, Access.WRITE, Access.TOUCH)) {
            assertThatThrownBy(() -> access.change.on(files, root.resolve("secret"), root.resolve("own")))
                    .as(access.toString())
                    .isInstanceOf(DeliveryException.class);
        }
        assertThatThrownBy(() -> files.delete(root.resolve("secret"))).isInstanceOf(DeliveryException.class);
        assertThat(outside()).isEqualTo(before);
    }

    @Test
    void takesTheDirectoryAtTheEndOfALinkForTheRoot() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("to-root"), root);
        ConfinedFiles linked = ConfinedFiles.in(link);
        assertThat(linked.root()).isEqualTo(root.toRealPath());
        linked.write(linked.root().resolve("own/file"), NEW);
        assertThat(root.resolve("own/file")).hasContent("new");
    }

    @Test
    void deletesLinksAndNotWhatTheyLeadTo() throws IOException {
        Map<String, String> before = outside();
        files.deleteFile(root.resolve("link"));
        files.delete(root.resolve("directory"));
        Files.createSymbolicLink(root.resolve("own/outside"), outside);
        files.delete(root.resolve("own"));
        assertThat(root).isEmptyDirectory();
        assertThat(outside()).isEqualTo(before);
    }

    @Test
    void deletesNothingThroughALink() throws IOException {
        Map<String, String> before = outside();
        assertThatThrownBy(() -> files.deleteFile(root.resolve("directory/secret")))
                .isInstanceOf(DeliveryException.class);
        assertThatThrownBy(() -> files.delete(root.resolve("directory/empty"))).isInstanceOf(DeliveryException.class);
        assertThatThrownBy(() -> files.deleteEmpty(root.resolve("directory/empty")))
                .isInstanceOf(DeliveryException.class);
        files.deleteQuietly(root.resolve("directory/empty"));
        assertThat(outside()).isEqualTo(before);
    }

    @Test
    void doesWhatItSaysWhereThereIsNoLink() throws IOException {
        Path deep = root.resolve("new/deep");
        files.replace(deep.resolve("a"), deep.resolve("a.new"), NEW);
        assertThat(files.read(deep.resolve("a"))).isEqualTo(NEW);
        try (SeekableByteChannel created = files.create(deep.resolve("b"))) {
            assertThat(created.size()).isZero();
        }
        files.touch(deep.resolve("b"), Instant.EPOCH);
        assertThat(Files.getLastModifiedTime(deep.resolve("b")).toInstant()).isEqualTo(Instant.EPOCH);
        files.link(deep, root.resolve("again"), name -> name + ".linked");
        assertThat(files.files(root.resolve("again")))
                .extracting(ConfinedFiles.Found::name)
                .containsExactlyInAnyOrder("a.linked", "b.linked");
        files.rename(deep, root.resolve("renamed"));
        assertThat(files.list(root.resolve("renamed")))
                .containsExactly(root.resolve("renamed/a"), root.resolve("renamed/b"));
        files.deleteEmpty(root.resolve("new"));
        files.delete(root.resolve("renamed"));
        files.delete(root.resolve("renamed"));
        assertThat(root.resolve("renamed")).doesNotExist();
        assertThat(files.list(root.resolve("renamed"))).isEmpty();
        assertThatThrownBy(() -> files.read(root.resolve("renamed/a"))).isInstanceOf(NoSuchFileException.class);
    }

    /** Not every file system replaces a file that is moved relative to an open directory. */
    @Test
    void replacesFilesOnEveryFileSystem() throws IOException {
        for (Configuration system : List.of(Configuration.unix(), Configuration.windows(), Configuration.osX())) {
            try (FileSystem memory = Jimfs.newFileSystem(system)) {
                assertReplaces(memory.getRootDirectories().iterator().next().resolve("work"));
            }
        }
        assertReplaces(home.resolve("work"));
    }

    private static void assertReplaces(Path directory) throws IOException {
        ConfinedFiles confined = ConfinedFiles.in(directory);
        Path file = confined.root().resolve("deep").resolve("file");
        for (String text : List.of("first", "second")) {
            confined.replace(file, file.resolveSibling("aside"), text.getBytes());
            assertThat(confined.read(file)).asString().isEqualTo(text);
        }
        confined.delete(file.getParent());
        assertThat(confined.exists(file.getParent())).isFalse();
    }

    @Test
    void refusesPathsBesideTheRoot() {
        assertThatThrownBy(() -> files.write(outside.resolve("secret"), NEW))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
