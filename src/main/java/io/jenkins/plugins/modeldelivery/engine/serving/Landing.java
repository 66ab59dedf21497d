package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A directory for one attempt to bring a rollout's files, on this machine or on another one that shares the file system.
 * Which files there are is looked up here, and only what was registered is taken. Each attempt has a directory of its own,
 * so that a machine that was given up and goes on writing disturbs nobody.
 */
public final class Landing implements AutoCloseable {
    static final String FILES = "files";

    private final Path directory;
    private final String mark;
    private final Consumer<Landed> take;

    /** Files that are there, and nothing else. */
    public record Landed(Path files, Manifest manifest) {}

    /**
     * @param parent for attempts of this rollout only; goes when this is closed
     * @param take what becomes of the files that arrived
     */
    public Landing(Path parent, Consumer<Landed> take) throws IOException {
        this.directory = parent.resolve(UUID.randomUUID().toString()).toAbsolutePath();
        this.mark = UUID.randomUUID().toString();
        this.take = take;
        Files.createDirectories(directory);
        DurableFiles.write(directory.resolve(mark), "");
    }

    public LandingSite site() {
        return new LandingSite(directory.toString(), mark);
    }

    /**
     * Makes what arrived the files of the rollout.
     *
     * @param manifest what {@link LandingSite#fill} has found there
     * @throws DeliveryException CONFLICT if that is not what is there, or not what was registered
     */
    public void take(Manifest manifest) {
        Path files = directory.resolve(FILES);
        Map<String, Long> stated = manifest.entries().stream()
                .collect(Collectors.toMap(Manifest.Entry::path, Manifest.Entry::size, (a, b) -> -1L, TreeMap::new));
        try {
            if (!found(files).equals(stated)) {
                throw new DeliveryException(
                        Problem.CONFLICT,
                        "The files in " + files + " are not those that were written there. Deploy again.");
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot look at " + files + ": " + e, e);
        }
        take.accept(new Landed(files, manifest));
    }

    /** Sizes by path; links are not followed, and are no files. */
    private static Map<String, Long> found(Path files) throws IOException {
        Map<String, Long> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(files)) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
                if (regular || !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    String name = files.relativize(path)
                            .toString()
                            .replace(path.getFileSystem().getSeparator(), "/");
                    found.put(name, regular ? Files.size(path) : -1);
                }
            }
        }
        return found;
    }

    /** Takes away what is still there, of earlier attempts as well. What others are just writing goes with the next one. */
    @Override
    public void close() {
        FileTrees.deleteQuietly(directory.getParent());
    }
}
