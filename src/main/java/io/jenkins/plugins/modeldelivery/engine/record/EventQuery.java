package io.jenkins.plugins.modeldelivery.engine.record;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which events of a record are asked for.
 *
 * @param jobs whether events of a job count, by its full name; of {@code ""} for events that no job wrote
 * @param types of event; empty for all
 * @param version only events about this one
 * @param from not before this time
 * @param until not after this time
 */
public record EventQuery(
        Predicate<String> jobs,
        Set<String> types,
        Optional<String> version,
        Optional<Instant> from,
        Optional<Instant> until) {
    public EventQuery {
        types = Set.copyOf(types);
    }

    /** All events of these jobs. */
    public static EventQuery of(Predicate<String> jobs) {
        return new EventQuery(jobs, Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public EventQuery types(Set<String> only) {
        return new EventQuery(jobs, only, version, from, until);
    }

    public EventQuery version(String only) {
        return new EventQuery(jobs, types, Optional.of(only), from, until);
    }

    public EventQuery until(Instant last) {
        return new EventQuery(jobs, types, version, from, Optional.of(last));
    }

    boolean matches(Event event) {
        return version.isEmpty() || version.equals(event.draft().version());
    }
}
