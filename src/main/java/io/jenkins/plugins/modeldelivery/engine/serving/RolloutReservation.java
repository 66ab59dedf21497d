package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * The rollout that has an endpoint: until it ends or is over time, no other one changes the endpoint.
 *
 * @param operation its id
 * @param candidate what it rolls out, for messages
 * @param since when it took the endpoint
 * @param until when it counts as given up; another rollout may then take the endpoint, and this one meets a conflict
 * @param phase how far it changed the endpoint
 * @param test SHA-256 of its smoke test, if it has one
 * @param revision what it makes of the candidate, as soon as its bytes have arrived
 */
public record RolloutReservation(
        String operation,
        ServedVersion candidate,
        Instant since,
        Instant until,
        Phase phase,
        Optional<String> test,
        Optional<Revision> revision) {
    /** In this order, written before the change that it names. */
    public enum Phase {
        /** Nothing that clients see has changed. */
        PREPARING,
        SWITCHING,
        SWITCHED,
        RESTORING,
        RESTORED
    }

    public RolloutReservation {
        Objects.requireNonNull(operation);
        Objects.requireNonNull(candidate);
        Objects.requireNonNull(since);
        Objects.requireNonNull(until);
        Objects.requireNonNull(phase);
        Objects.requireNonNull(test);
        Objects.requireNonNull(revision);
    }

    /** After its deadline a rollout still has to notice that, and to say so here. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** @param deadline of what the rollout is doing */
    public static Instant givenUpAfter(Instant deadline) {
        return deadline.plus(GRACE);
    }

    /** Why no other rollout can begin now. */
    public String refusal(String endpoint) {
        return "Another rollout (operation " + operation + ", of " + candidate.text() + ") to the endpoint " + endpoint
                + " is in progress since " + since.truncatedTo(ChronoUnit.SECONDS)
                + ". This rollout changed nothing. Wait until the other rollout ends. If it never ends, it"
                + " expires after " + until.truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    public boolean of(Rollout rollout) {
        return operation.equals(rollout.id());
    }

    public boolean givenUp(Instant now) {
        return now.isAfter(until);
    }

    public RolloutReservation in(Phase next) {
        return new RolloutReservation(operation, candidate, since, until, next, test, revision);
    }

    public RolloutReservation until(Instant end) {
        return new RolloutReservation(operation, candidate, since, end, phase, test, revision);
    }

    public RolloutReservation with(Revision arrived) {
        return new RolloutReservation(operation, arrived.version(), since, until, phase, test, Optional.of(arrived));
    }

    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("operation", operation);
        json.set("candidate", candidate.toJson());
        json.put("since", since.toString());
        json.put("until", until.toString());
        json.put("phase", phase.name());
        test.ifPresent(hash -> json.put("smokeTest", hash));
        revision.ifPresent(r -> json.set("revision", r.toJson()));
        return json;
    }

    /** IllegalArgumentException or DateTimeException if this is not what {@link #toJson} gives. */
    public static RolloutReservation fromJson(JsonNode json) {
        if (!json.path("operation").isTextual()) {
            throw new IllegalArgumentException("a rollout without operation");
        }
        return new RolloutReservation(
                json.path("operation").textValue(),
                ServedVersion.fromJson(json.path("candidate")),
                Instant.parse(json.path("since").asText()),
                Instant.parse(json.path("until").asText()),
                Phase.valueOf(json.path("phase").asText()),
                json.path("smokeTest").isTextual()
                        ? Optional.of(json.path("smokeTest").textValue())
                        : Optional.empty(),
                json.has("revision") ? Optional.of(Revision.fromJson(json.path("revision"))) : Optional.empty());
    }
}
