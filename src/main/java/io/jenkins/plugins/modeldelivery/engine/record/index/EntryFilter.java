package io.jenkins.plugins.modeldelivery.engine.record.index;

import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What of a query an index can tell. */
final class EntryFilter {
    private final boolean[] jobs;
    private final boolean[] types;
    private final long jobBits;
    private final long typeBits;
    private final long[] since;
    private final Set<Integer> versions;
    private final long from;
    private final long until;

    EntryFilter(EventQuery query, IndexState state) {
        this.jobs = chosen(state.jobs(), query.jobs()::test);
        this.types = chosen(
                state.types(), type -> query.types().isEmpty() || query.types().contains(EventType.of(type)));
        this.jobBits = IndexBlock.bits(jobs);
        this.typeBits = IndexBlock.bits(types);
        this.since = state.jobs().stream()
                .mapToLong(job -> millis(query.jobs().since(job)))
                .toArray();
        this.versions = query.versions().stream()
                .map(version -> IndexState.version(Optional.of(version)))
                .collect(Collectors.toSet());
        this.from = query.from().map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        this.until = query.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    private static boolean[] chosen(List<String> names, Predicate<String> wanted) {
        boolean[] chosen = new boolean[names.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = wanted.test(names.get(i));
        }
        return chosen;
    }

    private static long millis(Instant time) {
        return time.equals(Instant.MIN) ? Long.MIN_VALUE : time.toEpochMilli();
    }

    /** Whether it is known without a look at the entries that there is nothing. */
    boolean isEmpty() {
        return jobBits == 0 || typeBits == 0;
    }

    /** False only if no entry of the piece matches. */
    boolean mayMatchAny(IndexBlock piece) {
        return piece.mayHold(typeBits, jobBits, from, until) && (versions.isEmpty() || piece.mayHoldAny(versions));
    }

    /** False only if the event does not match. */
    boolean mayMatch(IndexEntry entry) {
        return jobs[entry.job()]
                && types[entry.type()]
                && entry.time() >= since[entry.job()]
                && entry.time() >= from
                && entry.time() <= until
                && (versions.isEmpty() || versions.contains(entry.version()));
    }
}
