package io.jenkins.plugins.modeldelivery.engine.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every path below a directory with its kind, bytes and time of change. */
public record Snapshot(Map<String, String> paths) {
    public static Snapshot of(Path directory) {
        Map<String, String> paths = new TreeMap<>();
        if (!Files.exists(directory)) {
            return new Snapshot(paths);
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                paths.put(directory.relativize(path).toString(), content(path));
            }
            return new Snapshot(paths);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "link to " + Files.readSymbolicLink(path);
        }
        if (Files.isDirectory(path)) {
            return "directory";
        }
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                + " "
                + new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    }
}
