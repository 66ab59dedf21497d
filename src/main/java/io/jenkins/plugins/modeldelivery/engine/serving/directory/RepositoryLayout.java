package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How a server finds, in the directory of a model, the version that it shall serve. */
public interface RepositoryLayout {
    /** Whether the server takes the highest version directory; if not, it takes the one that {@link #pointer} names. */
    boolean highestWins();

    /**
     * @param access below which {@code files} are
     * @param files of a model, as they were registered
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if these files cannot be served
     */
    void check(ConfinedFiles access, Path files) throws IOException;

    /** The name that a file of a model has in a version directory; both are relative, with {@code /}. */
    default String shown(String path) {
        return path;
    }

    /** The opposite of {@link #shown}. */
    default String registered(String shown) {
        return shown;
    }

    /** The file beside the version directories that names the version to serve; empty if this layout has none. */
    default Optional<String> pointerFile() {
        return Optional.empty();
    }

    /**
     * What that file must hold.
     *
     * @param access below which {@code files} are
     * @param files of the model, as they were registered
     * @param name under which clients ask
     * @param number of the version directory
     */
    default Optional<byte[]> pointer(ConfinedFiles access, Path files, String name, String number) throws IOException {
        return Optional.empty();
    }

    /**
     * What the server needs for a candidate beside its version directory, by file name.
     *
     * @param access below which the endpoint is
     * @param endpoint directory of the endpoint that the candidate is for; need not exist
     */
    default Map<String, byte[]> candidateFiles(ConfinedFiles access, Path endpoint) throws IOException {
        return Map.of();
    }

    /**
     * A file elsewhere in the repository by which the server would find a second model of this name.
     *
     * @param repository what the server reads is its first root
     */
    default Optional<Path> namesake(ConfinedFiles repository, String name) throws IOException {
        return Optional.empty();
    }
}
