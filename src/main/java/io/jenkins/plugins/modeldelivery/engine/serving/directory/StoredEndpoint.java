package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The state of an endpoint and what this program put into the directory that the server reads. Both are written before the
 * directory is changed, so that whatever is not named here is somebody else's.
 *
 * @param shown digests by the number of the version directory
 * @param pointers SHA-256 of the files that name the version to serve: one, or two while it changes
 * @param made whether this program made the directory of the endpoint
 */
record StoredEndpoint(EndpointState state, Map<String, String> shown, Set<String> pointers, boolean made) {
    private static final int FORMAT = 1;
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    static final StoredEndpoint EMPTY = new StoredEndpoint(EndpointState.EMPTY, Map.of(), Set.of(), false);

    StoredEndpoint {
        shown = Map.copyOf(shown);
        pointers = Set.copyOf(pointers);
    }

    boolean isClaimedBy(Rollout rollout) {
        return state.rollout().filter(r -> r.of(rollout)).isPresent();
    }

    /** @throws DeliveryException CONFLICT if the endpoint does not belong to this rollout */
    RolloutReservation claim(Rollout rollout) {
        return state.rollout().filter(r -> r.of(rollout)).orElseThrow(() -> overtaken(rollout.endpoint()));
    }

    DeliveryException overtaken(String endpoint) {
        return ErrorKind.CONFLICT.error(state.overtaken(endpoint));
    }

    StoredEndpoint with(Optional<RolloutReservation> rollout) {
        return new StoredEndpoint(
                new EndpointState(state.generation(), state.live(), state.previous(), rollout), shown, pointers, made);
    }

    /** Before the directory gets a version directory and a pointer. */
    StoredEndpoint announcing(RolloutReservation rollout, Revision revision, Optional<String> pointer, boolean making) {
        Map<String, String> more = new TreeMap<>(shown);
        more.put(revision.id(), revision.digest());
        Set<String> files = new TreeSet<>(pointers);
        pointer.ifPresent(files::add);
        return new StoredEndpoint(with(Optional.of(rollout)).state(), more, files, made || making);
    }

    StoredEndpoint serving(
            RolloutReservation rollout, Optional<Revision> live, Optional<Revision> before, Optional<String> pointer) {
        return new StoredEndpoint(
                new EndpointState(state.generation() + 1, live, before, Optional.of(rollout)),
                shown,
                pointer.map(Set::of).orElse(Set.of()),
                made);
    }

    StoredEndpoint without(String number) {
        Map<String, String> fewer = new TreeMap<>(shown);
        fewer.remove(number);
        return new StoredEndpoint(state, fewer, pointers, made);
    }

    StoredEndpoint unmade() {
        return new StoredEndpoint(state, shown, pointers, false);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("format", FORMAT);
        json.put("generation", state.generation());
        state.live().ifPresent(r -> json.set("live", r.toJson()));
        state.previous().ifPresent(r -> json.set("previous", r.toJson()));
        state.rollout().ifPresent(r -> json.set("rollout", r.toJson()));
        ObjectNode versions = json.putObject("shown");
        new TreeMap<>(shown).forEach(versions::put);
        ArrayNode files = json.putArray("pointers");
        new TreeSet<>(pointers).forEach(files::add);
        json.put("made", made);
        return json;
    }

    /** IllegalArgumentException or DateTimeException if this is not what {@link #toJson} gives. */
    static StoredEndpoint fromJson(JsonNode json) {
        if (!json.path("format").isInt() || json.path("format").intValue() != FORMAT) {
            throw new IllegalArgumentException("its format is not " + FORMAT);
        }
        if (!json.path("generation").isIntegralNumber()
                || !json.path("shown").isObject()
                || !json.path("pointers").isArray()) {
            throw new IllegalArgumentException("it lacks the generation, or what is shown");
        }
        Map<String, String> shown = new TreeMap<>();
        json.path("shown")
                .properties()
                .forEach(e -> shown.put(e.getKey(), e.getValue().asText()));
        Set<String> pointers = new TreeSet<>();
        json.path("pointers").forEach(p -> pointers.add(p.asText()));
        EndpointState state = new EndpointState(
                json.path("generation").longValue(),
                object(json, "live").map(Revision::fromJson),
                object(json, "previous").map(Revision::fromJson),
                object(json, "rollout").map(RolloutReservation::fromJson));
        return new StoredEndpoint(state, shown, pointers, json.path("made").asBoolean());
    }

    private static Optional<JsonNode> object(JsonNode json, String key) {
        return json.has(key) ? Optional.of(json.path(key)) : Optional.empty();
    }

    /**
     * The number of a version's directory: the registry's version if it is a whole number that nothing else uses here; else one
     * above all that are used. A server that has loaded a number does not look whether its files have changed since, so a number
     * that is in use never gets other bytes.
     */
    String chooseNumber(ServedVersion version) {
        Map<String, String> used = new TreeMap<>(shown);
        for (Optional<Revision> revision : List.of(state.live(), state.previous())) {
            revision.ifPresent(r -> used.put(r.id(), r.digest()));
            if (revision.filter(r -> r.version().same(version)).isPresent()) {
                return revision.get().id();
            }
        }
        String wanted = version.version();
        boolean fits = NUMBER.matcher(wanted).matches();
        String there = used.get(wanted);
        if (fits && (there == null || there.equals(version.digest().orElseThrow()))) {
            return wanted;
        }
        long highest = used.keySet().stream().mapToLong(Long::parseLong).max().orElse(0);
        return String.valueOf(Math.max(highest, fits ? Long.parseLong(wanted) : 0) + 1);
    }
}
