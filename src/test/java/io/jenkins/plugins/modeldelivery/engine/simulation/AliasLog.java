package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every change of every alias, as it really happened. */
final class AliasLog {
    private final Map<String, List<Change>> changes = new HashMap<>();

    /**
     * One change.
     *
     * @param by null for an outsider, and for what arrived late
     * @param to uid of the version; empty if the alias was taken away
     */
    record Change(long step, Worker by, Optional<Long> to) {}

    /** Oldest first. */
    List<Change> of(String model, String alias) {
        return changes.computeIfAbsent(model + "@" + alias, k -> new ArrayList<>());
    }
}
