package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A {@link Landing} as another machine sees it, if it does.
 *
 * @param directory absolute, as whoever made the landing writes it
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

    /** @return what has been written, forced to disk */
    public Manifest put(ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        try {
            return Directories.copy(files, Path.of(directory).resolve(Landing.FILES), progress, cancellation);
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot bring the files into " + directory + ": " + e, e);
        }
    }
}
