package io.jenkins.plugins.modeldelivery.engine.record;

import java.time.Instant;
import java.util.List;

/**
 * What a list of all records says of one.
 *
 * @param registry configured name
 * @param jobs that wrote its events, by full name; {@code ""} stands for events that no job wrote
 * @param newest time of the last event
 */
public record RecordRow(String registry, String model, List<String> jobs, Instant newest) {
    public RecordRow {
        jobs = List.copyOf(jobs);
    }
}
