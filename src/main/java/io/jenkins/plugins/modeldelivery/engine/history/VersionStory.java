package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who let a version in: everything that is recorded of it, as far as those events tell that somebody may see. All lists are
 * oldest first.
 *
 * @param registration the newest one, if one is known
 * @param gates events with a gate's report each
 * @param admissions how it came by its aliases, or did not
 * @param rollouts events about endpoints
 * @param tenures when it had which alias
 * @param events all of the version
 * @param complete whether there are no more events than these
 */
public record VersionStory(
        String registry,
        String model,
        String version,
        Optional<Event> registration,
        List<Event> gates,
        List<PromotionAttempt> admissions,
        List<Event> rollouts,
        List<AliasAssignment> tenures,
        List<Event> events,
        boolean complete) {
    /** Events of a version that are told; of more, the newest. */
    public static final int LIMIT = 500;

    public VersionStory {
        gates = List.copyOf(gates);
        admissions = List.copyOf(admissions);
        rollouts = List.copyOf(rollouts);
        tenures = List.copyOf(tenures);
        events = List.copyOf(events);
    }

    /**
     * Empty if nothing is known of the version.
     *
     * @param jobs whose events count, see {@link EventQuery#jobs}
     */
    public static Optional<VersionStory> of(IndexedRecord record, JobFilter jobs, String version) {
        EventPage page = record.page(EventQuery.of(jobs).version(version), OptionalLong.empty(), LIMIT);
        if (page.events().isEmpty()) {
            return Optional.empty();
        }
        List<Event> events = new ArrayList<>(page.events());
        Collections.reverse(events);
        return Optional.of(new VersionStory(
                record.row().registry(),
                record.row().model(),
                version,
                new RecordQueries(record, jobs).registration(version),
                ofTypes(events, Set.of(EventType.GATED)),
                admissions(events),
                ofTypes(events, EventType.ROLLOUTS),
                events.stream()
                        .filter(event ->
                                EventType.ALIAS_POSITIONS.contains(event.draft().type()))
                        .findFirst()
                        .map(first -> AliasAssignment.of(record, jobs, version, first.time(), LIMIT))
                        .orElse(List.of()),
                events,
                page.older().isEmpty()));
    }

    private static List<Event> ofTypes(List<Event> events, Set<EventType> types) {
        return events.stream()
                .filter(event -> types.contains(event.draft().type()))
                .toList();
    }

    private static List<PromotionAttempt> admissions(List<Event> events) {
        Map<String, List<Event>> byOperation = ofTypes(events, PromotionAttempt.TYPES).stream()
                .collect(Collectors.groupingBy(VersionStory::operation, LinkedHashMap::new, Collectors.toList()));
        return byOperation.values().stream()
                .map(of -> new PromotionAttempt(
                        EventDetails.text(of.get(0), "alias").orElse(""), of))
                .toList();
    }

    /** Events that name no operation stand alone. */
    private static String operation(Event event) {
        return event.draft().operation().orElseGet(() -> "event " + event.sequence()) + " "
                + EventDetails.text(event, "alias").orElse("");
    }

    /**
     * Its recorded metrics, by metric and slice, as {@code recall{country=DE}}: those that it was registered with,
     * and of others the newest values that its gates found.
     */
    public SortedMap<String, BigDecimal> metrics() {
        SortedMap<String, BigDecimal> values = new TreeMap<>();
        gates.forEach(gate -> gate.draft().details().path("checks").forEach(check -> {
            if (isPlain(check)) {
                String key = check.path("metric").asText() + check.path("slice").asText();
                EventDetails.number(check.path("value")).ifPresent(value -> values.put(key, value));
            }
        }));
        registration.ifPresent(event -> event.draft()
                .details()
                .path("metrics")
                .properties()
                .forEach(metric ->
                        EventDetails.number(metric.getValue()).ifPresent(value -> values.put(metric.getKey(), value))));
        return values;
    }

    public Optional<Provenance> provenance() {
        return registration.map(Provenance::of);
    }

    /** By name, without those that this product writes. */
    public Map<String, String> tags() {
        Map<String, String> tags = registered("tags");
        tags.keySet().removeIf(name -> name.startsWith(Tags.PREFIX));
        return tags;
    }

    public Map<String, String> parameters() {
        return registered("parameters");
    }

    private Map<String, String> registered(String key) {
        return registration.map(event -> EventDetails.texts(event, key)).orElseGet(TreeMap::new);
    }

    /** The value of min(auc{…}) is no value of auc. */
    private static boolean isPlain(JsonNode check) {
        String metric = check.path("metric").asText();
        String text = check.path("check").asText();
        return check.hasNonNull("slice") || text.startsWith(metric + " ") || text.startsWith("\"" + metric + "\" ");
    }

    /** Everything, its events as they are. Their places in the chain are told to who sees the whole record only. */
    public ObjectNode toJson(boolean chain) {
        ObjectNode json = Json.object();
        json.put("registry", registry).put("model", model).put("version", version);
        json.put("complete", complete);
        metrics().forEach(json.putObject("metrics")::put);
        ArrayNode held = json.putArray("aliases");
        tenures.forEach(tenure -> {
            ObjectNode one = held.addObject().put("alias", tenure.alias());
            one.put("since", tenure.since().toString());
            tenure.replaced().ifPresent(other -> one.put("replaced", other));
            tenure.end().ifPresent(end -> one.put("until", end.time().toString()));
            tenure.replacedBy().ifPresent(other -> one.put("replacedBy", other));
        });
        ArrayNode all = json.putArray("events");
        events.forEach(event -> all.add(chain ? event.toJson() : event.toJsonAlone()));
        return json;
    }
}
