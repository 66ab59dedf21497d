package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.promotion.Durations;
import java.time.Duration;

/** Durations as users write them. */
final class Times {
    /** How long a rollout may take if nothing else is said. */
    static final Duration ROLLOUT = Duration.ofMinutes(5);

    private Times() {}

    static Duration parse(String text) {
        return Durations.parse(text);
    }
}
