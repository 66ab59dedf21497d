package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import java.util.stream.Stream;

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
