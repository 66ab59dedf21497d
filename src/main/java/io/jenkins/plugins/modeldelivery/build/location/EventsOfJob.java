package io.jenkins.plugins.modeldelivery.build.location;

import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.access.ReadableJobs;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import java.time.Instant;
import java.util.Set;

/**
 * What one job wrote, under whichever name it had then, as far as the user may see it. What another job wrote that had the
 * name before is not this one's, regardless of who asks.
 */
public final class EventsOfJob implements JobFilter {
    private final Set<String> names;
    private final JobFilter visible;

    public EventsOfJob(Job<?, ?> job, JobFilter visible) {
        this.names = JobHistoryListener.get().earlierNamesOf(job.getFullName());
        this.visible = visible;
    }

    @Override
    public boolean test(String recorded) {
        return names.contains(recorded) && visible.test(recorded);
    }

    @Override
    public Instant since(String recorded) {
        Instant since = visible.since(recorded);
        return JobHistoryListener.get()
                .lastDeletion(recorded)
                .map(ReadableJobs::after)
                .filter(since::isBefore)
                .orElse(since);
    }
}
