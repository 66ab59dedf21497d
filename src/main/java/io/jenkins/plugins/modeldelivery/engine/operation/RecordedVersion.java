package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the record knows of one entry of a registry. The record is the authority on the digest: it takes it from the
 * registration, else from the first event that knew it. Events of another entry that had the same number do not count.
 *
 * @param identity with the digest that the record knows
 * @param known whether the version was registered or adopted before
 * @param registration how it was registered, if it was registered from here
 * @param gates its gates, oldest first
 * @param predecessor the newest event about another entry that had the same number and is gone
 */
public record RecordedVersion(
        VersionIdentity identity,
        boolean known,
        Optional<Event> registration,
        List<Event> gates,
        Optional<Event> predecessor) {
    public RecordedVersion {
        gates = List.copyOf(gates);
    }

    public static RecordedVersion read(RecordStore records, String registry, ModelVersion version) {
        VersionIdentity entry = new VersionIdentity(version.version(), version.fingerprint(), Optional.empty());
        List<Event> events = new ArrayList<>();
        List<Event> others = new ArrayList<>();
        records.each(
                registry,
                version.name(),
                EventQuery.all().version(version.version()),
                event ->
                        event.draft().identity().ifPresent(of -> (entry.isSameEntry(of) ? events : others).add(event)));
        Optional<Event> registration = first(events, EventType.REGISTERED);
        Optional<String> digest = registration
                .flatMap(event -> event.draft().digest())
                .or(() -> events.stream()
                        .flatMap(event -> event.draft().digest().stream())
                        .findFirst());
        VersionIdentity identity = entry.withDigest(digest);
        return new RecordedVersion(
                identity,
                registration.isPresent() || first(events, EventType.ADOPTED).isPresent(),
                registration,
                events.stream()
                        .filter(event -> event.draft().type() == EventType.GATED)
                        .filter(event ->
                                identity.isSame(event.draft().identity().orElseThrow()))
                        .toList(),
                others.isEmpty() ? Optional.empty() : Optional.of(others.get(others.size() - 1)));
    }

    private static Optional<Event> first(List<Event> events, EventType type) {
        return events.stream().filter(event -> event.draft().type() == type).findFirst();
    }

    /** The digest that the registry's tag claims, if it is not the one that the record knows. */
    Optional<String> differentTag(ModelVersion version) {
        return version.digest()
                .filter(tag ->
                        identity.digest().filter(digest -> !digest.equals(tag)).isPresent());
    }
}
