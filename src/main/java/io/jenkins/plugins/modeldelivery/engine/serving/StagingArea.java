package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A directory for one attempt to bring a rollout's files, on this machine or on another one that shares the file system.
 * Which files there are is looked up here, and only what was registered is taken. Each attempt has a directory of its own,
 * so that a machine that was given up and goes on writing disturbs nobody.
 */
public final class StagingArea implements AutoCloseable {
    static final String FILES = "files";

    private final ConfinedFiles access;
    private final Path directory;
    private final String mark;
    private final Consumer<Landed> take;

    /** Files that are there, and nothing else. */
    public record Landed(Path files, Manifest manifest) {}

    /**
     * @param access below which {@code parent} is
     * @param parent for attempts of this rollout only; goes when this is closed
     * @param take what becomes of the files that arrived
     */
    public StagingArea(ConfinedFiles access, Path parent, Consumer<Landed> take) throws IOException {
        this.access = access;
        this.directory = parent.resolve(UUID.randomUUID().toString());
        this.mark = UUID.randomUUID().toString();
        this.take = take;
        access.createDirectories(directory);
        access.write(directory.resolve(mark), new byte[0]);
    }

    public StagingDirectory site() {
        return new StagingDirectory(directory.toString(), mark);
    }

    /**
     * Makes what arrived the files of the rollout. Reads and hashes all of them, since another machine may have written them.
     *
     * @param stated what {@link StagingDirectory#fill} has written there
     * @throws DeliveryException CONFLICT if that is not what is there, or not what was registered
     */
    public void take(Manifest stated) {
        Path files = directory.resolve(FILES);
        Manifest found;
        try {
            found = manifest(files);
        } catch (IOException e) {
            throw DeliveryException.ofDisk("read " + files, e);
        }
        if (!found.equals(stated)) {
            throw ErrorKind.CONFLICT.error(
                    "The files in " + files + " have changed since they were written there: digest " + found.digest()
                            + " instead of " + stated.digest()
                            + ". Somebody changed them, or the disk is defective. Find the cause, and deploy again.");
        }
        take.accept(new Landed(files, found));
    }

    /** A link or a pipe is no file of any model: it counts with a size that no file has, and is not read. */
    private Manifest manifest(Path files) throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (ConfinedFiles.Found file : access.files(files)) {
            entries.add(
                    file.isFile()
                            ? new Manifest.Entry(file.name(), file.size(), access.sha256(file.path()))
                            : new Manifest.Entry(file.name(), -1, ""));
        }
        return Manifest.of(entries);
    }

    /** Takes away what is still there, of earlier attempts as well. What others are just writing goes with the next one. */
    @Override
    public void close() {
        access.deleteQuietly(directory.getParent());
    }

    /**
     * A {@link StagingArea} as any machine sees it that has its directory.
     *
     * @param directory absolute, as the maker of the staging area writes it
     * @param mark name of a file that only this staging area has
     */
    public record StagingDirectory(String directory, String mark) {
        /** Whether this machine has the very same directory under this path, and may write in it. */
        public boolean isHere() {
            try {
                Path site = Path.of(directory);
                if (!Files.exists(site.resolve(mark))) {
                    return false;
                }
                Files.createDirectories(site.resolve(StagingArea.FILES));
                return true;
            } catch (InvalidPathException | IOException e) {
                return false;
            }
        }

        /**
         * Has a download write its files here, and forces them to disk.
         *
         * @param download into an empty directory; returns what it has written
         */
        public Manifest fill(Function<Path, Manifest> download) {
            Path files = Path.of(directory).resolve(StagingArea.FILES);
            try {
                Files.createDirectories(files);
                Manifest written = download.apply(files);
                force(files);
                return written;
            } catch (IOException | UncheckedIOException e) {
                throw DeliveryException.ofDisk("bring the files into " + files, e);
            }
        }

        private static void force(Path directory) throws IOException {
            try (Stream<Path> walk = Files.walk(directory)) {
                for (Path path : (Iterable<Path>) walk::iterator) {
                    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                        DurableFiles.forceDirectory(path);
                    } else if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                        try (FileChannel channel =
                                FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                            channel.force(true);
                        }
                    }
                }
            }
        }
    }
}
