package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the files of a target's endpoints are.
 *
 * @param files below what the server reads, which is the first root, and below the store
 * @param state outside of what the server reads
 */
record EndpointPaths(ConfinedFiles files, Path state, RepositoryLayout layout) {
    /** @throws DeliveryException INVALID_INPUT if the state would be inside of what the server reads */
    static EndpointPaths of(Path root, Optional<Path> state, RepositoryLayout layout) {
        Path real = ConfinedFiles.real(root);
        Path kept = ConfinedFiles.real(state.orElseGet(() -> beside(real)));
        if (kept.startsWith(real)) {
            throw ErrorKind.INVALID_INPUT.error("The state directory " + kept + " is inside of " + real
                    + ", where the server would load it as a model. Choose a directory outside (state: …).");
        }
        ConfinedFiles files = ConfinedFiles.in(real, kept);
        return new EndpointPaths(files, kept, layout);
    }

    private static Path beside(Path root) {
        if (root.getFileName() == null) {
            throw ErrorKind.INVALID_INPUT.error("Choose a directory below " + root + " for a serving target.");
        }
        return root.resolveSibling("." + root.getFileName() + ".model-delivery");
    }

    void makeState() {
        try {
            files.createDirectories(state);
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error(
                    "Cannot make the state directory " + state + " of the serving target: " + e
                            + ". Make it writable, or configure another one outside of " + root() + " (state: …).",
                    e);
        }
    }

    Path root() {
        return files.root();
    }

    Path path(String name) {
        return root().resolve(name);
    }

    Endpoint endpoint(String name) {
        EndpointStore store = new EndpointStore(files, state.resolve(name));
        return new Endpoint(name, new EndpointDirectory(files, path(name), layout, store.staging()), store);
    }

    /** Something done with an endpoint under its lock. */
    @FunctionalInterface
    interface Locked<T> {
        T run(Endpoint endpoint, StoredEndpoint stored) throws IOException;
    }

    <T> T locked(String name, String purpose, Locked<T> action) {
        Endpoint endpoint = endpoint(name);
        try (FileLocks.Held held = endpoint.store().lock()) {
            return action.run(endpoint, endpoint.store().read());
        } catch (IOException e) {
            throw DeliveryException.ofDisk(purpose, e);
        }
    }

    /** Something done for the rollout that has the endpoint. */
    @FunctionalInterface
    interface Claimed<T> {
        T run(Endpoint endpoint, StoredEndpoint stored, RolloutReservation claim) throws IOException;
    }

    /** @throws DeliveryException CONFLICT if the endpoint does not belong to this rollout */
    <T> T claimed(Rollout rollout, String purpose, Claimed<T> action) {
        return locked(
                rollout.endpoint(), purpose, (endpoint, stored) -> action.run(endpoint, stored, stored.claim(rollout)));
    }
}
