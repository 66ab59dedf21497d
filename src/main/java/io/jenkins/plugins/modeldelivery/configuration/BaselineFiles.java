package io.jenkins.plugins.modeldelivery.configuration;

import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.policy.ConfigurationFiles;
import io.jenkins.plugins.modeldelivery.engine.request.LocalInputFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;

/**
 * The metrics files that configured gates name. They lie in one directory of the controller and nowhere else, so that
 * anybody who configures a gate cannot make it read another file of the controller.
 */
final class BaselineFiles implements ConfigurationFiles {
    private final Path directory;

    BaselineFiles(Path directory) {
        this.directory = directory;
    }

    /** {@code $JENKINS_HOME/model-delivery/baselines}. */
    static BaselineFiles ofController() {
        return new BaselineFiles(Jenkins.get().getRootDir().toPath().resolve("model-delivery/baselines"));
    }

    /**
     * Reads a file.
     *
     * @throws DeliveryException INVALID_INPUT if the path is absolute or leads out of the directory, also by a link
     */
    @Override
    public byte[] read(String path) {
        LocalInputFiles files = new LocalInputFiles(directory);
        Path file = files.path(path);
        if (file.normalize().startsWith(directory.normalize()) && isInside(file)) {
            return files.read(path, MetricsFile.MAX_BYTES);
        }
        throw ErrorKind.INVALID_INPUT.error("The file \"" + TextSanitizer.brief(path, 100) + "\" is not below "
                + directory + ". Put the file there and name it by its path from there.");
    }

    /** A file that is not there leads nowhere. */
    private boolean isInside(Path file) {
        try {
            return !Files.exists(file) || file.toRealPath().startsWith(directory.toRealPath());
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot read " + file + ": " + e, e);
        }
    }
}
