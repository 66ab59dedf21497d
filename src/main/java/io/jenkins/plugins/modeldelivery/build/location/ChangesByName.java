package io.jenkins.plugins.modeldelivery.build.location;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Numbered changes of items, found by the full name of the item or of anything below it. A search takes as long as the name
 * is deep, however many changes there are. Not thread-safe.
 */
final class ChangesByName {
    private final TreeMap<String, NavigableMap<Long, LocationChange>> byName = new TreeMap<>();

    /** A change with its number: the higher, the later it was. */
    record Numbered(long number, LocationChange change) {
        private Numbered(Map.Entry<Long, LocationChange> entry) {
            this(entry.getKey(), entry.getValue());
        }
    }

    void put(String name, long number, LocationChange change) {
        byName.computeIfAbsent(name, any -> new TreeMap<>()).put(number, change);
    }

    void remove(String name, long number) {
        NavigableMap<Long, LocationChange> changes = byName.get(name);
        if (changes != null && changes.remove(number) != null && changes.isEmpty()) {
            byName.remove(name);
        }
    }

    /** All that cover the name, in their order. */
    List<Numbered> all(String name) {
        TreeMap<Long, LocationChange> found = new TreeMap<>();
        for (String at = name; !at.isEmpty(); at = parent(at)) {
            found.putAll(byName.getOrDefault(at, new TreeMap<>()));
        }
        List<Numbered> all = new ArrayList<>();
        found.forEach((number, change) -> all.add(new Numbered(number, change)));
        return all;
    }

    /** The first that covers the name after this number. */
    Optional<Numbered> firstAfter(String name, long number) {
        return best(name, number, NavigableMap::higherEntry, -1);
    }

    /** The last that covers the name before this number. */
    Optional<Numbered> lastBefore(String name, long number) {
        return best(name, number, NavigableMap::lowerEntry, 1);
    }

    private Optional<Numbered> best(
            String name,
            long number,
            BiFunction<NavigableMap<Long, LocationChange>, Long, Map.Entry<Long, LocationChange>> search,
            int sign) {
        Map.Entry<Long, LocationChange> best = null;
        for (String at = name; !at.isEmpty(); at = parent(at)) {
            NavigableMap<Long, LocationChange> changes = byName.get(at);
            Map.Entry<Long, LocationChange> found = changes == null ? null : search.apply(changes, number);
            if (found != null && (best == null || sign * Long.compare(found.getKey(), best.getKey()) > 0)) {
                best = found;
            }
        }
        return Optional.ofNullable(best).map(Numbered::new);
    }

    /** Those of this very name, in their order. */
    List<Numbered> of(String name) {
        List<Numbered> all = new ArrayList<>();
        byName.getOrDefault(name, new TreeMap<>()).forEach((number, change) -> all.add(new Numbered(number, change)));
        return all;
    }

    /** Whether there is one of an item that is below this one. */
    boolean hasBelow(String name) {
        String first = byName.ceilingKey(name + "/");
        return first != null && first.startsWith(name + "/");
    }

    private static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }
}
