package io.jenkins.plugins.modeldelivery.engine.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code <name>/<version>/…}, as TensorFlow Serving and Triton read it: a new directory is a new version. */
public final class VersionDirectories implements RepositoryLayout {
    @Override
    public boolean highestWins() {
        return true;
    }

    @Override
    public void prepare(Path files) {}

    /** A server that is told to load a model looks at its directories only, so there is nothing to write. */
    @Override
    public void point(Path directory, String name, String version) throws IOException {
        Files.createDirectories(directory);
    }

    @Override
    public void unpoint(Path directory) {}

    /** Directories that somebody made by hand are versions like ours; a higher one is set aside, not lost. */
    @Override
    public boolean foreign(Path directory) {
        return false;
    }
}
