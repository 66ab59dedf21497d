package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * What an endpoint serves of a model, and how the newest rollout there went, as far as the record knows.
 *
 * @param version of this model that is served; empty if none is, or if it is not known
 * @param digest of what is served, if it is known
 * @param known whether the record knows what is served; false after a rollout that failed and was not put back
 * @param since when it began to be served
 * @param rollout the newest event about a rollout there
 */
public record EndpointStatus(
        String target,
        String endpoint,
        Optional<String> version,
        Optional<String> digest,
        boolean known,
        Optional<Instant> since,
        Event rollout) {
    /** In the details of an outcome: {@code {model, version, digest}}, or null if nothing is served. */
    public static final String SERVES = "serves";
    /** In the details of an outcome: false if what is there was not verified, so that it may not answer. */
    public static final String PROVEN = "proven";

    static EndpointStatus of(Optional<Event> served, Event rollout) {
        JsonNode place = rollout.draft().details();
        return new EndpointStatus(
                place.path("target").asText(),
                place.path("endpoint").asText(),
                served.flatMap(EndpointStatus::version),
                served.flatMap(EndpointStatus::digest),
                served.isEmpty() || isKnown(served.get()),
                served.map(Event::time),
                rollout);
    }

    private static boolean isKnown(Event outcome) {
        return outcome.draft().type() == EventType.DEPLOYED
                || (outcome.draft().details().has(SERVES)
                        && outcome.draft().details().path(PROVEN).asBoolean(true));
    }

    private static Optional<String> version(Event outcome) {
        if (outcome.draft().type() == EventType.DEPLOYED) {
            return outcome.draft().version();
        }
        JsonNode serves = outcome.draft().details().path(SERVES);
        return serves.path("model").asText().equals(outcome.draft().model())
                ? Optional.of(serves.path("version").asText())
                : Optional.empty();
    }

    private static Optional<String> digest(Event outcome) {
        String served = outcome.draft().details().path(SERVES).path("digest").asText();
        return outcome.draft().type() == EventType.DEPLOYED
                ? outcome.draft().digest()
                : Optional.of(served).filter(digest -> !digest.isEmpty());
    }

    /** Whether the newest rollout there ended without what it was for. */
    public boolean failed() {
        EventType type = rollout.draft().type();
        return type == EventType.DEPLOYMENT_FAILED
                || type == EventType.DEPLOYMENT_ROLLED_BACK
                || type == EventType.DEPLOYMENT_CONFLICT;
    }

    /** Whether a rollout there has begun and not ended. */
    public boolean underWay() {
        return rollout.draft().type() == EventType.DEPLOYMENT_STARTED;
    }
}
