package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What was in production at a time, as far as those events tell that somebody may see.
 *
 * @param time the last moment that counts
 * @param aliases by name: where they pointed; an alias that pointed nowhere by then is missing
 * @param endpoints by target and endpoint: what they served; one without a rollout by then is missing
 */
public record ProductionAt(Instant time, List<AliasTarget> aliases, List<EndpointStatus> endpoints) {
    private static final int PIECE = 200;

    private static final Set<EventType> TYPES = Stream.of(EventType.ALIAS_POSITIONS, EventType.ROLLOUTS)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    public ProductionAt {
        aliases = List.copyOf(aliases);
        endpoints = List.copyOf(endpoints);
    }

    /** @param jobs whose events count, see {@link EventQuery#jobs} */
    public static ProductionAt of(IndexedRecord record, JobFilter jobs, Instant time) {
        ModelState state = at(record, jobs, time);
        return new ProductionAt(time, state.aliases(), state.endpoints());
    }

    /** Backwards from that time, until the state then knows as much as today's. */
    private static ModelState at(IndexedRecord record, JobFilter jobs, Instant time) {
        ModelState today = record.state(jobs);
        List<Event> found = new ArrayList<>();
        EventQuery query = EventQuery.of(jobs).types(TYPES).until(time);
        OptionalLong before = OptionalLong.empty();
        do {
            EventPage page = record.page(query, before, PIECE);
            found.addAll(page.events());
            before = page.older();
        } while (before.isPresent() && !ModelState.of(found).knowsPositionsOf(today));
        return ModelState.of(found);
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("time", time.toString());
        ArrayNode held = json.putArray("aliases");
        aliases.forEach(target -> {
            ObjectNode one = held.addObject().put("alias", target.alias());
            target.version().ifPresent(version -> one.put("version", version));
            one.put("since", target.since().toString());
        });
        ArrayNode served = json.putArray("endpoints");
        endpoints.forEach(endpoint -> {
            ObjectNode one = served.addObject();
            one.put("target", endpoint.target()).put("endpoint", endpoint.endpoint());
            endpoint.version().ifPresent(version -> one.put("version", version));
            endpoint.digest().ifPresent(digest -> one.put("digest", digest));
            endpoint.since().ifPresent(since -> one.put("since", since.toString()));
        });
        return json;
    }
}
