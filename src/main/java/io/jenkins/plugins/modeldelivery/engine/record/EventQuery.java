package io.jenkins.plugins.modeldelivery.engine.record;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which events of a record are asked for.
 *
 * @param jobs whose events count
 * @param types of event; empty for all
 * @param versions only events about one of these; empty for all
 * @param from not before this time
 * @param until not after this time
 */
public record EventQuery(
        JobFilter jobs, Set<EventType> types, Set<String> versions, Optional<Instant> from, Optional<Instant> until) {
    public EventQuery {
        types = Set.copyOf(types);
        versions = Set.copyOf(versions);
    }

    public static EventQuery of(JobFilter jobs) {
        return new EventQuery(jobs, Set.of(), Set.of(), Optional.empty(), Optional.empty());
    }

    public EventQuery types(Set<EventType> only) {
        return new EventQuery(jobs, only, versions, from, until);
    }

    public EventQuery version(String only) {
        return versions(Set.of(only));
    }

    public EventQuery versions(Set<String> only) {
        return new EventQuery(jobs, types, only, from, until);
    }

    public EventQuery from(Instant first) {
        return new EventQuery(jobs, types, versions, Optional.of(first), until);
    }

    public EventQuery until(Instant last) {
        return new EventQuery(jobs, types, versions, from, Optional.of(last));
    }

    public static EventQuery all() {
        return of(job -> true);
    }

    /** What an index cannot tell for certain. */
    public boolean matchesVersion(Event event) {
        return versions.isEmpty()
                || event.draft().version().filter(versions::contains).isPresent();
    }

    public boolean matches(Event event) {
        String job = event.draft().job().orElse("");
        return (types.isEmpty() || types.contains(event.draft().type()))
                && matchesVersion(event)
                && from.filter(event.time()::isBefore).isEmpty()
                && until.filter(event.time()::isAfter).isEmpty()
                && jobs.test(job)
                && !event.time().isBefore(jobs.since(job));
    }
}
