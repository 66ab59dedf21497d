package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files of a target's endpoints are.
 *
 * @param root what the server reads
 * @param store outside of it
 */
record EndpointPlaces(Path root, EndpointStore store, RepositoryLayout layout) {
    /** @throws DeliveryException INVALID_INPUT if the state would be inside of what the server reads */
    static EndpointPlaces of(Path root, Optional<Path> state, RepositoryLayout layout) {
        Path real = real(root);
        Path kept = state.map(path -> path.toAbsolutePath().normalize()).orElseGet(() -> beside(real));
        if (real(kept).startsWith(real)) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The state directory " + kept + " is inside of " + real
                            + ", where the server would take it for a model. Choose one outside (state: …).");
        }
        return new EndpointPlaces(real, new EndpointStore(kept), layout);
    }

    private static Path beside(Path root) {
        if (root.getFileName() == null) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT, "Choose a directory below " + root + " for a serving target.");
        }
        return root.resolveSibling("." + root.getFileName() + ".model-delivery");
    }

    /** One directory has one state, however it is reached. */
    private static Path real(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return absolute.toRealPath();
        } catch (IOException e) {
            Path parent = absolute.getParent();
            return parent == null ? absolute : real(parent).resolve(absolute.getFileName());
        }
    }

    void makeStore() {
        try {
            Files.createDirectories(store.root());
        } catch (IOException e) {
            throw new DeliveryException(
                    Problem.LOCAL_IO,
                    "Cannot make the state directory " + store.root() + " of the serving target: " + e
                            + ". Make it writable, or configure another one outside of " + root + " (state: …).",
                    e);
        }
    }

    Path path(String name) {
        return root.resolve(name);
    }

    EndpointDirectory directory(String endpoint) {
        return new EndpointDirectory(path(endpoint), layout, store.staging(endpoint));
    }

    EndpointDirectory candidate(String endpoint, String operation) {
        return new EndpointDirectory(path(Candidates.name(endpoint, operation)), layout, store.staging(endpoint));
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
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot " + purpose + ": " + e, e);
        }
    }
}
