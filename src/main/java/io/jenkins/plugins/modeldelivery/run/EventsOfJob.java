package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.engine.record.VisibleJobs;
import java.time.Instant;
import java.util.Set;

/**
 * What one job wrote, under whichever name it bore then, as far as the user may see it. What another job wrote that had the
 * name before is not this one's, whoever asks.
 */
final class EventsOfJob implements VisibleJobs {
    private final Set<String> names;
    private final VisibleJobs visible;

    EventsOfJob(Job<?, ?> job, VisibleJobs visible) {
        this.names = PastJobs.get().earlierNamesOf(job.getFullName());
        this.visible = visible;
    }

    @Override
    public boolean test(String recorded) {
        return names.contains(recorded) && visible.test(recorded);
    }

    @Override
    public Instant since(String recorded) {
        Instant since = visible.since(recorded);
        return PastJobs.get()
                .lastDeletion(recorded)
                .map(ReadableJobs::after)
                .filter(since::isBefore)
                .orElse(since);
    }
}
