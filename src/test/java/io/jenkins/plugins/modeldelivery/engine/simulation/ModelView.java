package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A registered model as it really was when an operation looked at it. */
record ModelView(
        long step,
        Instant time,
        String name,
        Map<String, HeldVersion> versions,
        Map<String, String> aliases,
        Map<String, List<String>> histories) {

    Optional<HeldVersion> versionOf(String alias) {
        return Optional.ofNullable(aliases.get(alias)).map(versions::get);
    }

    Optional<HeldVersion> version(String number) {
        return Optional.ofNullable(versions.get(number));
    }
}
