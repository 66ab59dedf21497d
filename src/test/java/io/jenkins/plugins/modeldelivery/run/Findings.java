package io.jenkins.plugins.modeldelivery.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Searches texts and directories for secrets. */
final class Findings {
    /** Jenkins' own: unpacked plugins hold nothing that a test has written. */
    private static final Set<String> UNPACKED = Set.of("plugins", "war");

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
                in(file.toString(), content(file));
            }
        }
        return this;
    }

    private static String content(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /** A secret and its place. */
    List<String> all() {
        return found;
    }
}
