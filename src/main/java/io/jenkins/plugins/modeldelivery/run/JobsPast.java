package io.jenkins.plugins.modeldelivery.run;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of jobs, by their full names. Stored; so of maps, texts and numbers only. Not thread-safe. */
final class JobsPast {
    /** By an earlier name: to which names items were moved from it. */
    private final TreeMap<String, TreeSet<String>> moves = new TreeMap<>();

    /** By name: when a job that bore it was deleted last, in milliseconds since 1970. */
    private final TreeMap<String, Long> deletions = new TreeMap<>();

    void moved(String from, String to) {
        moves.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
    }

    void deleted(String name, Instant when) {
        deletions.put(name, when.toEpochMilli());
    }

    /** All names that the items may have now which once had this name, the name itself included. */
    Set<String> namesOf(String recorded) {
        Set<String> names = new LinkedHashSet<>(Set.of(recorded));
        Set<String> last = names;
        while (!last.isEmpty()) {
            Set<String> next = new LinkedHashSet<>();
            for (String name : last) {
                next.addAll(moves.getOrDefault(name, new TreeSet<>()));
            }
            next.removeAll(names);
            names.addAll(next);
            last = next;
        }
        return names;
    }

    /** All names under which items may have written that have this name now, the name itself included. */
    Set<String> earlierNamesOf(String present) {
        Set<String> names = new LinkedHashSet<>(Set.of(present));
        moves.keySet().stream()
                .filter(earlier -> namesOf(earlier).contains(present))
                .forEach(names::add);
        return names;
    }

    /** When a job was deleted last that had this name or came by moving from it; empty if none was. */
    Optional<Instant> lastDeletion(String recorded) {
        return namesOf(recorded).stream()
                .map(deletions::get)
                .filter(time -> time != null)
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
    }
}
