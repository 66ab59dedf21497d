package io.jenkins.plugins.modeldelivery.engine.record;

import java.time.Instant;

/** Of which jobs somebody may see events. A job is named by its full name; {@code ""} stands for no job. */
@FunctionalInterface
public interface JobFilter {
    boolean test(String job);

    /**
     * What the job wrote before this time is not seen, as when it was another job that had the same name. Meant for jobs that
     * {@link #test} lets through.
     *
     * @return {@link Instant#MIN} for all that the job wrote
     */
    default Instant since(String job) {
        return Instant.MIN;
    }
}
