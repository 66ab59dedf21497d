package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Looks single facts of versions up in a record, newest first. */
final class RecordQueries {
    /** Of a version's gates, so many are looked through for one that passed. */
    private static final int GATES = 50;

    private final IndexedRecord record;
    private final JobFilter jobs;

    RecordQueries(IndexedRecord record, JobFilter jobs) {
        this.record = record;
        this.jobs = jobs;
    }

    Optional<Event> registration(String version) {
        return events(version, EventType.REGISTERED, 1).stream().findFirst();
    }

    Optional<String> digest(String version) {
        return registration(version).flatMap(event -> event.draft().digest());
    }

    Optional<Event> gate(String version) {
        return events(version, EventType.GATED, 1).stream().findFirst();
    }

    Optional<Event> passedGate(String version) {
        return events(version, EventType.GATED, GATES).stream()
                .filter(event ->
                        event.draft().details().path("verdict").asText().equals("PASSED"))
                .findFirst();
    }

    boolean damaged() {
        return !record.page(EventQuery.of(jobs).types(Set.of(EventType.DAMAGED)), OptionalLong.empty(), 1)
                .events()
                .isEmpty();
    }

    private List<Event> events(String version, EventType type, int limit) {
        return record.page(EventQuery.of(jobs).types(Set.of(type)).version(version), OptionalLong.empty(), limit)
                .events();
    }
}
