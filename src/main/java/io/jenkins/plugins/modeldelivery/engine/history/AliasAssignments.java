package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the aliases of a record for one version. */
final class AliasAssignments {
    private final String version;
    private final int limit;
    private final Map<String, AliasAssignment> open = new HashMap<>();
    private final List<AliasAssignment> ended = new ArrayList<>();

    private AliasAssignments(String version, int limit) {
        this.version = version;
        this.limit = limit;
    }

    /**
     * Oldest first.
     *
     * @param since the version had nothing before
     * @param limit of those that have ended the newest are kept
     */
    static List<AliasAssignment> of(IndexedRecord record, JobFilter jobs, String version, Instant since, int limit) {
        AliasAssignments tenures = new AliasAssignments(version, limit);
        record.each(EventQuery.of(jobs).types(EventType.ALIAS_POSITIONS).from(since), tenures::take);
        List<AliasAssignment> all = new ArrayList<>(tenures.ended);
        all.addAll(tenures.open.values());
        all.sort((a, b) -> Long.compare(a.begin().sequence(), b.begin().sequence()));
        return all;
    }

    private void take(Event event) {
        if (AliasTarget.isLate(event)) {
            return;
        }
        AliasTarget target = AliasTarget.of(event);
        if (target.isAt(version)) {
            open.putIfAbsent(target.alias(), new AliasAssignment(target.alias(), event, Optional.empty()));
            return;
        }
        AliasAssignment before = open.remove(target.alias());
        if (before != null) {
            ended.add(before.endedBy(event));
            if (ended.size() > limit) {
                ended.remove(0);
            }
        }
    }
}
