package io.jenkins.plugins.modeldelivery.engine.record.index;

import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What a catalogue knows of records: in order, and by the job that wrote in them. One thread changes it, which costs no more
 * the more there are; others may read meanwhile.
 */
final class RecordDirectorySnapshot {
    private record Name(String model, String registry) {
        /** As people look for names. */
        private static final Comparator<Name> ORDER = Comparator.comparing(Name::model, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(Name::model)
                .thenComparing(Name::registry);

        static Name of(RecordSummary row) {
            return new Name(row.model(), row.registry());
        }
    }

    private record Newest(Instant time, Name name) {
        private static final Comparator<Newest> ORDER =
                Comparator.comparing(Newest::time).reversed().thenComparing(Newest::name, Name.ORDER);

        static Newest of(RecordSummary row) {
            return new Newest(row.latest(), Name.of(row));
        }
    }

    private record Known(long size, RecordSummary row) {}

    private final Map<Path, Known> known = new HashMap<>();
    private final NavigableMap<Name, RecordSummary> rows = new ConcurrentSkipListMap<>(Name.ORDER);
    private final NavigableMap<Newest, RecordSummary> byTime = new ConcurrentSkipListMap<>(Newest.ORDER);
    private final Map<String, NavigableMap<Name, RecordSummary>> byJob = new ConcurrentHashMap<>();
    private volatile int count;
    private Instant looked = Instant.MIN;

    /** Told at once, as the collection's own size is not. */
    int count() {
        return count;
    }

    Collection<RecordSummary> rows(RowOrder order) {
        return Collections.unmodifiableCollection(
                switch (order) {
                    case NAME -> rows.values();
                    case NAME_DOWN -> rows.descendingMap().values();
                    case NEWEST -> byTime.values();
                    case OLDEST -> byTime.descendingMap().values();
                });
    }

    /** Those that wrote in any of them. */
    Set<String> jobs() {
        return Collections.unmodifiableSet(byJob.keySet());
    }

    /** Sorted as all are. */
    Collection<RecordSummary> rowsOf(String job) {
        return Collections.unmodifiableCollection(
                byJob.getOrDefault(job, Collections.emptyNavigableMap()).values());
    }

    Optional<RecordSummary> row(String registry, String model) {
        return Optional.ofNullable(rows.get(new Name(model, registry)));
    }

    boolean isKnown(Path record, long size) {
        Known present = known.get(record);
        return present != null && present.size() == size;
    }

    void put(Path record, long size, RecordSummary row) {
        Known before = known.put(record, new Known(size, row));
        Name name = Name.of(row);
        rows.put(name, row);
        byTime.put(Newest.of(row), row);
        row.newest()
                .keySet()
                .forEach(job -> byJob.computeIfAbsent(job, key -> new ConcurrentSkipListMap<>(Name.ORDER))
                        .put(name, row));
        if (before != null) {
            forget(before.row(), name, row.newest().keySet());
            if (!Newest.of(before.row()).equals(Newest.of(row))) {
                byTime.remove(Newest.of(before.row()));
            }
        }
        count = known.size();
    }

    void remove(Path record) {
        Known before = known.remove(record);
        if (before != null) {
            forget(before.row(), null, Set.of());
            byTime.remove(Newest.of(before.row()));
        }
        count = known.size();
    }

    void retain(Set<Path> records) {
        Set.copyOf(known.keySet()).stream()
                .filter(record -> !records.contains(record))
                .forEach(this::remove);
    }

    /** Takes out what the row was found by, but for what it is still found by. */
    private void forget(RecordSummary row, Name still, Set<String> stillBy) {
        Name name = Name.of(row);
        if (!name.equals(still)) {
            rows.remove(name);
        }
        for (String job : row.newest().keySet()) {
            if (!name.equals(still) || !stillBy.contains(job)) {
                byJob.computeIfPresent(job, (key, of) -> {
                    of.remove(name);
                    return of.isEmpty() ? null : of;
                });
            }
        }
    }

    /** When the directory was looked through last. */
    Instant looked() {
        return looked;
    }

    void looked(Instant when) {
        looked = when;
    }
}
