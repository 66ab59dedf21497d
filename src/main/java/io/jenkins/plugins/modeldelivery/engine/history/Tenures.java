package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.VisibleJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the aliases of a record for one version. */
final class Tenures {
    private final String version;
    private final int limit;
    private final Map<String, Tenure> open = new HashMap<>();
    private final List<Tenure> ended = new ArrayList<>();

    private Tenures(String version, int limit) {
        this.version = version;
        this.limit = limit;
    }

    /**
     * Oldest first.
     *
     * @param since the version bore nothing before
     * @param limit of those that have ended the newest are kept
     */
    static List<Tenure> of(IndexedRecord record, VisibleJobs jobs, String version, Instant since, int limit) {
        Tenures tenures = new Tenures(version, limit);
        record.each(EventQuery.of(jobs).types(EventType.ALIAS_POSITIONS).from(since), tenures::take);
        List<Tenure> all = new ArrayList<>(tenures.ended);
        all.addAll(tenures.open.values());
        all.sort((a, b) -> Long.compare(a.begin().sequence(), b.begin().sequence()));
        return all;
    }

    private void take(Event event) {
        if (AliasTarget.isLate(event)) {
            return;
        }
        AliasTarget bearer = AliasTarget.of(event);
        if (bearer.isAt(version)) {
            open.putIfAbsent(bearer.alias(), new Tenure(bearer.alias(), event, Optional.empty()));
            return;
        }
        Tenure before = open.remove(bearer.alias());
        if (before != null) {
            ended.add(before.endedBy(event));
            if (ended.size() > limit) {
                ended.remove(0);
            }
        }
    }
}
