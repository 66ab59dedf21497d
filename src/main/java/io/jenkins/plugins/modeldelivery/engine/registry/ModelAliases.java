package io.jenkins.plugins.modeldelivery.engine.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The aliases of a registered model as they were at one moment. Immutable. */
public interface ModelAliases {
    Map<String, String> targets();

    /** The versions that had the alias, newest first, the present one included; empty if never set through here. */
    List<String> history(String alias);

    /** The operations that began a move of the alias, as far as the registry remembers. */
    default Set<String> operations(String alias) {
        return Set.of();
    }

    default Optional<String> versionOf(String alias) {
        return Optional.ofNullable(targets().get(alias));
    }

    /** All aliases that point at this version, sorted. */
    default List<String> of(String version) {
        return targets().entrySet().stream()
                .filter(e -> e.getValue().equals(version))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
