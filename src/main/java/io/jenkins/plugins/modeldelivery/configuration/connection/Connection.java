package io.jenkins.plugins.modeldelivery.configuration.connection;

import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.io.Serializable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * All that is needed to open a registry or a serving target, with its secrets: some of it may go to an agent,
 * and nothing of it to a disk. Equal connections open the same thing in the same way, so it can be the key of a cache. {@code toString} shows no secret.
 *
 * @param <T> a registry or a serving target, which the caller closes
 */
public interface Connection<T> extends Serializable {
    /**
     * Opens it without asking it anything.
     *
     * @param pause between tries: {@link Sleeper#BRIEF} on threads that operations share
     */
    T open(Clock clock, Sleeper pause);

    /**
     * As an agent gets it, with no secret that it does not need.
     *
     * @return empty if no agent may have it
     */
    default Optional<Connection<T>> forAgent() {
        return Optional.of(this);
    }

    /** The texts that no log may show. */
    List<String> secrets();
}
