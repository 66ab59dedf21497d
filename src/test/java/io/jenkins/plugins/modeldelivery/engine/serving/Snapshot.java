package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Every path below a directory with its kind, bytes and time of change; but for what MLServer writes there. */
public record Snapshot(Map<String, String> paths) {
    private static final List<String> SERVERS = List.of("server.log", ".metrics", ".envs");

    public static Snapshot of(Path directory) {
        Map<String, String> paths = new TreeMap<>();
        if (!Files.exists(directory)) {
            return new Snapshot(paths);
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                String name = directory.relativize(path).toString();
                if (SERVERS.stream().noneMatch(name::startsWith)) {
                    paths.put(name, content(path));
                }
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
        byte[] content = Files.readAllBytes(path);
        return Files.getLastModifiedTime(path) + " " + content.length + " bytes, " + Sha256.hex(content);
    }
}
