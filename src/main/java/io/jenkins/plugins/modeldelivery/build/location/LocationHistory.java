package io.jenkins.plugins.modeldelivery.build.location;

import io.jenkins.plugins.modeldelivery.build.location.ChangesByName.Numbered;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which items were moved and deleted, in the order in which it happened. A folder that was moved is one entry, which covers
 * all that was below it. Holds a bounded number of entries; what is told takes no longer the more there are. Thread-safe.
 */
final class LocationHistory {
    private final int bound;
    private final TreeMap<Long, LocationChange> all = new TreeMap<>();
    private final ChangesByName departures = new ChangesByName();
    private final ChangesByName arrivals = new ChangesByName();
    private final ChangesByName deletions = new ChangesByName();
    private long next = 1;

    /** Of what happened until then something may be missing. */
    private Instant forgotten = Instant.MIN;

    /** @param bound entries at most */
    LocationHistory(int bound) {
        this.bound = bound;
    }

    /**
     * What became of the jobs that once had a name.
     *
     * @param names that they may have now
     * @param deleted when one of them was deleted last; empty if none was
     */
    record Trace(Set<String> names, Optional<Instant> deleted) {}

    /** @return whether it says anything that was not known */
    synchronized boolean add(LocationChange change) {
        if (isKnown(change)) {
            return false;
        }
        replaced(change).forEach(this::remove);
        long number = next++;
        all.put(number, change);
        if (change.isMove()) {
            departures.put(change.name(), number, change);
            arrivals.put(change.to().orElseThrow(), number, change);
        } else {
            deletions.put(change.name(), number, change);
        }
        return true;
    }

    /**
     * Whether the entry of a folder says it already: Jenkins tells of a folder that was moved first, then of all that is below
     * it. Nothing must have come or gone at either name since.
     */
    synchronized boolean isKnown(LocationChange move) {
        if (!move.isMove()) {
            return false;
        }
        String to = move.to().orElseThrow();
        Optional<Numbered> last = departures.lastBefore(move.name(), Long.MAX_VALUE);
        return last.filter(it -> it.change().after(move.name()).equals(to)
                        && arrivals.firstAfter(to, it.number()).isEmpty()
                        && departures.firstAfter(to, it.number()).isEmpty()
                        && deletions.firstAfter(to, it.number()).isEmpty()
                        && arrivals.firstAfter(move.name(), it.number()).isEmpty()
                        && deletions.firstAfter(move.name(), it.number()).isEmpty())
                .isPresent();
    }

    /** Earlier deletions that say no more than this one, as of a branch that comes and goes. */
    private List<Numbered> replaced(LocationChange change) {
        return change.isMove()
                ? List.of()
                : deletions.of(change.name()).stream()
                        .filter(it -> departures
                                .firstAfter(change.name(), it.number())
                                .isEmpty())
                        .toList();
    }

    private void remove(Numbered entry) {
        LocationChange change = entry.change();
        all.remove(entry.number());
        departures.remove(change.name(), entry.number());
        deletions.remove(change.name(), entry.number());
        change.to().ifPresent(to -> arrivals.remove(to, entry.number()));
    }

    /** What became of the jobs that wrote under this name at any time. */
    synchronized Trace trace(String recorded) {
        return new Walk(recorded).trace();
    }

    /**
     * All names under which the item may have written that has this name now, the name itself included. One that came after
     * others had left or were deleted has nothing of theirs.
     */
    synchronized Set<String> earlierNamesOf(String present) {
        Set<String> names = new LinkedHashSet<>(Set.of(present));
        String name = present;
        Optional<Numbered> arrival = arrivals.lastBefore(name, Long.MAX_VALUE);
        for (long before = Long.MAX_VALUE;
                arrival.isPresent() && !isEmptied(name, arrival.get().number(), before);
                arrival = arrivals.lastBefore(name, before)) {
            before = arrival.get().number();
            name = arrival.get().change().before(name);
            names.add(name);
        }
        return names;
    }

    /** Whether anything was moved to a place below this one. */
    synchronized boolean hasArrivalsBelow(String name) {
        return arrivals.hasBelow(name);
    }

    /** Whether all that had the name or was below it went between the two numbers. */
    private boolean isEmptied(String name, long after, long before) {
        return departures
                        .lastBefore(name, before)
                        .filter(it -> it.number() > after)
                        .isPresent()
                || deletions
                        .lastBefore(name, before)
                        .filter(it -> it.number() > after)
                        .isPresent();
    }

    synchronized int size() {
        return all.size();
    }

    synchronized boolean isFull() {
        return all.size() >= bound;
    }

    /**
     * Makes room: what concerns none of the names that records hold goes; if that is not enough, the oldest entries too, and
     * {@link #forgotten} says up to when.
     *
     * @param recorded all names of jobs that records hold
     */
    synchronized void makeRoom(Collection<String> recorded) {
        Set<Long> needed = new HashSet<>();
        recorded.forEach(name -> needed.addAll(new Walk(name).used));
        for (long number : List.copyOf(all.keySet())) {
            if (!needed.contains(number)) {
                remove(new Numbered(number, all.get(number)));
            }
        }
        while (all.size() > bound - bound / 10) {
            var oldest = all.firstEntry();
            forget(oldest.getValue().time());
            remove(new Numbered(oldest.getKey(), oldest.getValue()));
        }
    }

    /** What happened until then may be known in part only. */
    synchronized void forget(Instant until) {
        forgotten = until.isAfter(forgotten) ? until : forgotten;
    }

    /** Until when something that happened may be missing here; {@link Instant#MIN} if nothing is. */
    synchronized Instant forgotten() {
        return forgotten;
    }

    /** The entries in their order. */
    synchronized List<LocationChange> changes() {
        return List.copyOf(all.values());
    }

    /** Follows the items that once had a name, each from the move with which it left. */
    private final class Walk {
        private final Set<String> names = new LinkedHashSet<>();
        private final Set<Long> used = new TreeSet<>();
        private final Set<String> seen = new HashSet<>();
        private Optional<Instant> deleted = Optional.empty();

        Walk(String recorded) {
            names.add(recorded);
            deletions.lastBefore(recorded, Long.MAX_VALUE).ifPresent(this::end);
            departures.all(recorded).forEach(move -> follow(move, recorded));
        }

        private void follow(Numbered first, String recorded) {
            String name = recorded;
            Optional<Numbered> move = Optional.of(first);
            while (move.isPresent()) {
                long number = move.get().number();
                name = move.get().change().after(name);
                used.add(number);
                // Items that left at different times may have come together since.
                if (!seen.add(number + " " + name)) {
                    return;
                }
                Optional<Numbered> end = deletions.firstAfter(name, number);
                move = departures.firstAfter(name, number);
                if (end.isPresent()
                        && move.filter(it -> it.number() < end.get().number()).isEmpty()) {
                    end(end.get());
                    return;
                }
            }
            names.add(name);
        }

        private void end(Numbered deletion) {
            used.add(deletion.number());
            Instant time = deletion.change().time();
            deleted = deleted.filter(time::isBefore).or(() -> Optional.of(time));
        }

        Trace trace() {
            return new Trace(names, deleted);
        }
    }
}
