package io.jenkins.plugins.modeldelivery.build.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for planted secrets finds them wherever they are. */
class FindingsTest {
    private static final String SECRET = "correct horse battery staple";

    @TempDir
    private Path directory;

    private List<String> found() throws IOException {
        return new Findings(List.of("another", SECRET)).in(directory).all();
    }

    private Path planted(String name, long at) throws IOException {
        Path file = directory.resolve(name);
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(SECRET.getBytes(StandardCharsets.US_ASCII));
        }
        return file;
    }

    @Test
    void acrossTheEndOfAPieceAndOnceAFile() throws IOException {
        Path file = planted("log", 2L * Findings.PIECE - 40);
        planted("log", Findings.PIECE - 3L);
        planted("log", 0);
        assertThat(found()).containsExactly(SECRET + " in " + file);
    }

    @Test
    void atTheEndOfAFileThatIsLargerThanTheMemory() throws IOException {
        Path file = planted("weights", 1024L * 1024 * 1024);
        assertThat(found()).containsExactly(SECRET + " in " + file);
    }

    @Test
    void nowhereWhereItIsNot() throws IOException {
        try (RandomAccessFile open =
                new RandomAccessFile(directory.resolve("weights").toFile(), "rw")) {
            open.setLength(3L * Findings.PIECE);
        }
        assertThat(found()).isEmpty();
    }
}
