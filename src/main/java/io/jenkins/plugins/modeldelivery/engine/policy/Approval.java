package io.jenkins.plugins.modeldelivery.engine.policy;

import java.time.Instant;
import java.util.List;

/**
 * An approval that was given.
 *
 * @param by user id
 * @param groups of that user when it was given
 * @param override given by an administrator against the rule; counts as all that are missing, and is recorded as such
 */
public record Approval(String by, List<String> groups, Instant time, String comment, boolean override) {
    public Approval {
        groups = List.copyOf(groups);
    }
}
