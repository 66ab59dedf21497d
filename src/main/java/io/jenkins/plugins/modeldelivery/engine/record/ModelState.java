package io.jenkins.plugins.modeldelivery.engine.record;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the record of a model says now: the one place that knows what events mean for aliases and endpoints. An intent
 * changes nothing but what is unfinished; only outcomes and observations move an alias or change what an endpoint serves.
 * Immutable.
 */
public final class ModelState {
    /** Of a model without a record. */
    public static final ModelState EMPTY = new ModelState(Map.of());

    private final Map<String, Event> newest;

    private ModelState(Map<String, Event> newest) {
        this.newest = newest;
    }

    public ModelState apply(Event event) {
        List<String> keys = StateKeys.of(event);
        List<String> ended = StateKeys.endedBy(event);
        if (keys.isEmpty() && ended.isEmpty()) {
            return this;
        }
        Map<String, Event> next = new TreeMap<>(newest);
        ended.forEach(next::remove);
        keys.forEach(key -> next.put(key, event));
        return new ModelState(next);
    }

    /** @param events all, or at least the newest of each key; in any order */
    public static ModelState of(Collection<Event> events) {
        ModelState state = EMPTY;
        for (Event event : new HashSet<>(events)
                .stream().sorted(Comparator.comparingLong(Event::sequence)).toList()) {
            state = state.apply(event);
        }
        return state;
    }

    /** All aliases that the record knows of, by name; also those that point nowhere now. */
    public List<AliasTarget> aliases() {
        return withPrefix(StateKeys.ALIAS).stream().map(AliasTarget::of).toList();
    }

    public Optional<AliasTarget> alias(String name) {
        return Optional.ofNullable(newest.get(StateKeys.ALIAS + name)).map(AliasTarget::of);
    }

    /** Intents to move an alias of which no outcome is known, by name of the alias. */
    public List<Event> unfinishedMoves() {
        return withPrefix(StateKeys.MOVE);
    }

    /** All endpoints to which a rollout was begun, by target and name. */
    public List<EndpointStatus> endpoints() {
        List<EndpointStatus> endpoints = new ArrayList<>();
        newest.forEach((key, event) -> {
            if (key.startsWith(StateKeys.ROLLOUT)) {
                String place = key.substring(StateKeys.ROLLOUT.length());
                endpoints.add(EndpointStatus.of(Optional.ofNullable(newest.get(StateKeys.SERVED + place)), event));
            }
        });
        return Collections.unmodifiableList(endpoints);
    }

    public Optional<EndpointStatus> endpoint(String target, String endpoint) {
        return endpoints().stream()
                .filter(status ->
                        status.target().equals(target) && status.endpoint().equals(endpoint))
                .findFirst();
    }

    public Optional<Event> newestRegistration() {
        return Optional.ofNullable(newest.get(StateKeys.REGISTERED));
    }

    public Optional<Event> newestGate() {
        return Optional.ofNullable(newest.get(StateKeys.GATED));
    }

    /** Whether this state tells of every alias and endpoint that the other tells of. */
    public boolean knowsPositionsOf(ModelState other) {
        return other.newest.keySet().stream()
                .filter(key -> key.startsWith(StateKeys.ALIAS) || key.startsWith(StateKeys.SERVED))
                .allMatch(newest::containsKey);
    }

    private List<Event> withPrefix(String prefix) {
        return newest.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }
}
