package io.jenkins.plugins.modeldelivery.engine.delivery;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * On whose behalf an operation runs.
 *
 * @param name user id
 * @param groups of the user, as far as known
 * @param build URL of the build, if there is one
 */
public record Actor(String name, List<String> groups, Optional<String> build) {
    public Actor {
        Objects.requireNonNull(name);
        groups = List.copyOf(groups);
        Objects.requireNonNull(build);
    }
}
