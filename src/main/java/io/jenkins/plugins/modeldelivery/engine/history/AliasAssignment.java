package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A time in which a version had an alias, as far as the record knows.
 *
 * @param begin the event that it began with
 * @param end the event that it ended with; empty while it lasts
 */
public record AliasAssignment(String alias, Event begin, Optional<Event> end) {
    /**
     * Those of one version, oldest first.
     *
     * @param since the version had no alias before
     * @param limit of those that have ended the newest are kept
     */
    static List<AliasAssignment> of(IndexedRecord record, JobFilter jobs, String version, Instant since, int limit) {
        Map<String, Event> open = new HashMap<>();
        List<AliasAssignment> all = new ArrayList<>();
        record.each(EventQuery.of(jobs).types(EventType.ALIAS_POSITIONS).from(since), event -> {
            AliasTarget target = AliasTarget.of(event);
            if (AliasTarget.isLate(event)) {
                return;
            }
            if (target.isAt(version)) {
                open.putIfAbsent(target.alias(), event);
            } else if (open.containsKey(target.alias())) {
                all.add(new AliasAssignment(target.alias(), open.remove(target.alias()), Optional.of(event)));
                if (all.size() > limit) {
                    all.remove(0);
                }
            }
        });
        open.forEach((alias, begin) -> all.add(new AliasAssignment(alias, begin, Optional.empty())));
        all.sort(Comparator.comparingLong(assignment -> assignment.begin().sequence()));
        return all;
    }

    public Instant since() {
        return begin.time();
    }

    /** The version that had the alias before; empty if none did, or none is known. */
    public Optional<String> replaced() {
        return EventDetails.text(begin, "from");
    }

    /** The version that had it next; empty while this one does, or if none did. */
    public Optional<String> replacedBy() {
        return end.flatMap(event -> AliasTarget.of(event).version());
    }
}
