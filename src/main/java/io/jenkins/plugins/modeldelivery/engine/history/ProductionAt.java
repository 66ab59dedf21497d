package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.Topics;
import io.jenkins.plugins.modeldelivery.engine.record.VisibleJobs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was in production at a time, as far as those events tell that somebody may see.
 *
 * @param time the last moment that counts
 * @param aliases by name: who bore them; an alias that nobody had borne by then is missing
 * @param endpoints by target and endpoint: what they served; one without a rollout by then is missing
 */
public record ProductionAt(Instant time, List<AliasBearer> aliases, List<EndpointStatus> endpoints) {
    private static final int PIECE = 200;

    private static final Set<String> TYPES = Set.of(
            "promoted",
            "alias-moved",
            "rolled-back",
            "promotion-conflict",
            "deployment-started",
            "deployed",
            "deployment-rolled-back",
            "deployment-failed");

    public ProductionAt {
        aliases = List.copyOf(aliases);
        endpoints = List.copyOf(endpoints);
    }

    /** @param jobs whose events count, see {@link EventQuery#jobs} */
    public static ProductionAt of(IndexedRecord record, VisibleJobs jobs, Instant time) {
        Production production = Production.of(newest(record, jobs, time));
        return new ProductionAt(time, production.aliases(), production.endpoints());
    }

    /** Backwards from that time, until there is a word on everything that there is one on today. */
    private static Map<String, Event> newest(IndexedRecord record, VisibleJobs jobs, Instant time) {
        Set<String> wanted = new TreeSet<>(record.newest(jobs).keySet());
        wanted.removeAll(Set.of(Topics.REGISTERED, Topics.GATED));
        Map<String, Event> found = new TreeMap<>();
        EventQuery query = EventQuery.of(jobs).types(TYPES).until(time);
        OptionalLong before = OptionalLong.empty();
        do {
            EventPage page = record.page(query, before, PIECE);
            for (Event event : page.events()) {
                for (String topic : Topics.of(event)) {
                    found.putIfAbsent(topic, event);
                    wanted.remove(topic);
                }
            }
            before = page.older();
        } while (before.isPresent() && !wanted.isEmpty());
        return found;
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("time", time.toString());
        ArrayNode borne = json.putArray("aliases");
        aliases.forEach(bearer -> {
            ObjectNode one = borne.addObject().put("alias", bearer.alias());
            bearer.version().ifPresent(version -> one.put("version", version));
            one.put("since", bearer.since().toString());
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
