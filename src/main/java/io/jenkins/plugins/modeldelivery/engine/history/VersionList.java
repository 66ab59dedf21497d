package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Some versions of a model, those first that were registered last.
 *
 * @param last the registration before which the next ones come; empty if there are none
 */
public record VersionList(List<Entry> versions, Optional<Event> last) {
    /** Gates are looked through so many at once. */
    private static final int GATES = 200;

    /**
     * How a version stands.
     *
     * @param registered its newest registration
     * @param lastGate the newest verdict on it
     * @param aliases that it has
     * @param endpoints that serve it
     */
    public record Entry(
            String version,
            Event registered,
            Optional<Event> lastGate,
            List<AliasTarget> aliases,
            List<EndpointStatus> endpoints) {
        public Entry {
            aliases = List.copyOf(aliases);
            endpoints = List.copyOf(endpoints);
        }
    }

    public VersionList {
        versions = List.copyOf(versions);
    }

    /**
     * @param before only registrations before this event; empty for the newest
     * @param limit at least 1; a version that was registered twice counts twice
     */
    public static VersionList of(
            IndexedRecord record, JobFilter jobs, ModelSummary summary, OptionalLong before, int limit) {
        EventPage page = record.page(EventQuery.of(jobs).types(Set.of(EventType.REGISTERED)), before, limit);
        Map<String, Event> registered = new LinkedHashMap<>();
        page.events().forEach(event -> event.draft().version().ifPresent(v -> registered.putIfAbsent(v, event)));
        Map<String, Event> gates = newestGates(record, jobs, registered.keySet());
        List<Entry> versions = registered.entrySet().stream()
                .map(entry -> entry(entry.getKey(), entry.getValue(), gates, summary))
                .toList();
        List<Event> events = page.events();
        return new VersionList(
                versions, page.older().isPresent() ? Optional.of(events.get(events.size() - 1)) : Optional.empty());
    }

    private static Entry entry(String version, Event registered, Map<String, Event> gates, ModelSummary summary) {
        return new Entry(
                version,
                registered,
                Optional.ofNullable(gates.get(version)),
                summary.aliases().stream()
                        .filter(target -> target.isAt(version))
                        .toList(),
                summary.endpoints().stream()
                        .filter(endpoint -> endpoint.version().equals(Optional.of(version)))
                        .toList());
    }

    /** All versions in one go, since each look goes through the index. */
    private static Map<String, Event> newestGates(IndexedRecord record, JobFilter jobs, Set<String> versions) {
        Map<String, Event> gates = new HashMap<>();
        if (versions.isEmpty()) {
            return gates;
        }
        EventQuery query = EventQuery.of(jobs).types(Set.of(EventType.GATED)).versions(versions);
        OptionalLong before = OptionalLong.empty();
        do {
            EventPage page = record.page(query, before, GATES);
            page.events()
                    .forEach(gate -> gates.putIfAbsent(gate.draft().version().orElseThrow(), gate));
            before = page.older();
        } while (before.isPresent() && !gates.keySet().containsAll(versions));
        return gates;
    }
}
