package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.util.Optional;

/**
 * What a gate would compare a version with now.
 *
 * @param version empty if there is none
 * @param vanished why a baseline that existed is gone; empty if none is
 */
public record BaselineNow(Optional<VersionIdentity> version, Optional<String> vanished) {
    /**
     * Why evidence does not hold any more, as a clause; empty if it holds.
     *
     * @param compared the version that the evidence was made with; empty if with none
     */
    Optional<String> staleness(Optional<VersionIdentity> compared) {
        if (vanished.isPresent()) {
            return vanished;
        }
        boolean same = compared.isPresent() == version.isPresent()
                && (compared.isEmpty() || compared.get().isSame(version.get()));
        return same
                ? Optional.empty()
                : Optional.of(
                        "it was compared with " + text(compared) + ", and the baseline is " + text(version) + " now");
    }

    private static String text(Optional<VersionIdentity> version) {
        return version.map(v -> "version " + v.version()).orElse("no version");
    }
}
