package io.jenkins.plugins.modeldelivery.engine.record;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/**
 * What a list of all records says of one.
 *
 * @param registry configured name
 * @param newest by the full name of each job that wrote events: the time of its last one; {@code ""} stands for events that
 *     no job wrote; not empty
 */
public record RecordSummary(String registry, String model, Map<String, Instant> newest) {
    public RecordSummary {
        newest = Map.copyOf(newest);
    }

    /** When the newest event of all was written; a record without one is none. */
    public Instant latest() {
        return Collections.max(newest.values());
    }

    /** When the newest event was written that is visible; empty if none is. */
    public Optional<Instant> newest(JobFilter jobs) {
        Instant latest = null;
        for (Map.Entry<String, Instant> job : newest.entrySet()) {
            Instant time = job.getValue();
            if ((latest == null || time.isAfter(latest))
                    && jobs.test(job.getKey())
                    && !time.isBefore(jobs.since(job.getKey()))) {
                latest = time;
            }
        }
        return Optional.ofNullable(latest);
    }
}
