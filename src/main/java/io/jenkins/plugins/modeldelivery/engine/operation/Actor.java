package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * On whose behalf an operation runs.
 *
 * @param name user id
 * @param build URL of the build, if there is one
 * @param item full name of the item of Jenkins that the build is of; empty outside Jenkins
 * @param requesters whose own approvals do not count where a policy says so: the user, or, where nobody asked, the user who
 *     committed what is delivered
 * @param code that the build runs
 * @param committers of the changes that are delivered, as far as known, for the record
 */
public record Actor(
        String name,
        Optional<String> build,
        Optional<String> item,
        CodeKind code,
        List<String> requesters,
        List<String> committers) {
    public Actor {
        Objects.requireNonNull(name);
        Objects.requireNonNull(build);
        Objects.requireNonNull(item);
        Objects.requireNonNull(code);
        requesters = List.copyOf(requesters);
        committers = List.copyOf(committers);
    }

    /** A user who asked, outside Jenkins, where nobody knows who committed. */
    public Actor(String name, Optional<String> build) {
        this(name, build, Optional.empty(), CodeKind.OWN, List.of(name), List.of());
    }
}
