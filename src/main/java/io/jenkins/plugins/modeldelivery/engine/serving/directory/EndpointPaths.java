package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files of a target's endpoints are.
 *
 * @param files below what the server reads, which is the first root, and below the store
 * @param store outside of what the server reads
 */
record EndpointPaths(ConfinedFiles files, EndpointStore store, RepositoryLayout layout) {
    /** @throws DeliveryException INVALID_INPUT if the state would be inside of what the server reads */
    static EndpointPaths of(Path root, Optional<Path> state, RepositoryLayout layout) {
        Path real = ConfinedFiles.real(root);
        Path kept = ConfinedFiles.real(state.orElseGet(() -> beside(real)));
        if (kept.startsWith(real)) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "The state directory " + kept + " is inside of " + real
                            + ", where the server would take it for a model. Choose one outside (state: …).");
        }
        ConfinedFiles files = ConfinedFiles.in(real, kept);
        return new EndpointPaths(files, new EndpointStore(kept, files), layout);
    }

    private static Path beside(Path root) {
        if (root.getFileName() == null) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT, "Choose a directory below " + root + " for a serving target.");
        }
        return root.resolveSibling("." + root.getFileName() + ".model-delivery");
    }

    void makeStore() {
        try {
            files.createDirectories(store.root());
        } catch (IOException e) {
            throw new DeliveryException(
                    ErrorKind.LOCAL_IO,
                    "Cannot make the state directory " + store.root() + " of the serving target: " + e
                            + ". Make it writable, or configure another one outside of " + root() + " (state: …).",
                    e);
        }
    }

    /** What the server reads. */
    Path root() {
        return files.root();
    }

    Path path(String name) {
        return root().resolve(name);
    }

    EndpointDirectory directory(String endpoint) {
        return new EndpointDirectory(files, path(endpoint), layout, store.staging(endpoint));
    }

    EndpointDirectory candidate(String endpoint, String operation) {
        return new EndpointDirectory(
                files, path(CandidateNames.name(endpoint, operation)), layout, store.staging(endpoint));
    }

    /** Something done under the lock of an endpoint. */
    @FunctionalInterface
    interface Locked<T> {
        T run() throws IOException;
    }

    <T> T locked(String endpoint, String purpose, Locked<T> action) {
        try (FileLocks.Held held = store.lock(endpoint)) {
            return action.run();
        } catch (IOException e) {
            throw new DeliveryException(ErrorKind.LOCAL_IO, "Cannot " + purpose + ": " + e, e);
        }
    }
}
