package io.jenkins.plugins.modeldelivery.build.operation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Searches texts and directories for secrets. */
final class Findings {
    /** Jenkins' own: unpacked plugins hold nothing that a test has written. */
    private static final Set<String> UNPACKED = Set.of("plugins", "war");

    static final int PIECE = 1024 * 1024;
    private static final byte[] EMPTY = new byte[PIECE];

    private final List<String> secrets;
    private final List<String> found = new ArrayList<>();

    Findings(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
    }

    Findings in(String where, String text) {
        secrets.stream().filter(text::contains).forEach(secret -> found.add(secret + " in " + where));
        return this;
    }

    /** Every file below it, as bytes. */
    Findings in(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(file -> !UNPACKED.contains(
                            directory.relativize(file).getName(0).toString()))
                    .toList();
            for (Path file : files) {
                inFile(file);
            }
        }
        return this;
    }

    /** Piece by piece, since there are files that no memory takes; a secret may lie across the end of a piece. */
    private void inFile(Path file) throws IOException {
        int longest = secrets.stream().mapToInt(String::length).max().orElse(1);
        byte[] buffer = new byte[PIECE];
        Set<String> here = new TreeSet<>();
        try (InputStream in = Files.newInputStream(file)) {
            int kept = 0;
            for (int read; (read = in.readNBytes(buffer, kept, buffer.length - kept)) > 0; ) {
                int end = kept + read;
                // What tests make large is empty; a comparison is many times as fast as a search.
                if (!Arrays.equals(buffer, 0, end, EMPTY, 0, end)) {
                    String piece = new String(buffer, 0, end, StandardCharsets.ISO_8859_1);
                    secrets.stream().filter(piece::contains).forEach(here::add);
                }
                kept = Math.min(longest - 1, end);
                System.arraycopy(buffer, end - kept, buffer, 0, kept);
            }
        } catch (NoSuchFileException e) {
            // Gone since it was listed, as Jenkins' temporary files are.
        }
        here.forEach(secret -> found.add(secret + " in " + file));
    }

    /** A secret and its place. */
    List<String> all() {
        return found;
    }
}
