package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A {@link Landing} as any machine sees it that has its directory.
 *
 * @param directory absolute, as the maker of the landing writes it
 * @param mark name of a file that only this landing has
 */
public record LandingSite(String directory, String mark) {
    /** Whether this machine has the very same directory under this path, and may write in it. */
    public boolean isHere() {
        try {
            Path site = Path.of(directory);
            if (!Files.exists(site.resolve(mark))) {
                return false;
            }
            Files.createDirectories(site.resolve(Landing.FILES));
            return true;
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    /**
     * Has a download write its files here, forces them to disk, and hashes what is there then.
     *
     * @param download into an empty directory; returns what it has written
     * @throws DeliveryException LOCAL_IO if that is not what is there
     */
    public Manifest fill(Function<Path, Manifest> download, Cancellation cancellation) {
        Path files = Path.of(directory).resolve(Landing.FILES);
        Manifest written;
        try {
            Files.createDirectories(files);
            written = download.apply(files);
            FileTrees.force(files);
        } catch (IOException | UncheckedIOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot bring the files into " + files + ": " + e, e);
        }
        Manifest found = ModelFiles.list(files).hash(cancellation);
        if (!found.digest().equals(written.digest())) {
            throw new DeliveryException(
                    Problem.LOCAL_IO,
                    "The files in " + files + " are not those that were written there: digest " + found.digest()
                            + " instead of " + written.digest() + ". Look after the disk, and deploy again.");
        }
        return found;
    }
}
