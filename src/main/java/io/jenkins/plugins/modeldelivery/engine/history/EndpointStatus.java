package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.Instant;
import java.util.Optional;

/**
 * What an endpoint serves of a model, and how the last rollout there went, as far as the record knows.
 *
 * @param version that is served; empty if none, or if no rollout there has ended
 * @param digest of what is served, if it is known
 * @param since when it began to be served
 * @param rollout the newest event about a rollout there
 */
public record EndpointStatus(
        String target,
        String endpoint,
        Optional<String> version,
        Optional<String> digest,
        Optional<Instant> since,
        Event rollout) {
    static EndpointStatus of(Optional<Event> served, Event rollout) {
        JsonNode place = rollout.draft().details();
        return new EndpointStatus(
                place.path("target").asText(),
                place.path("endpoint").asText(),
                served.flatMap(EndpointStatus::version),
                served.filter(event -> event.draft().type().equals("deployed"))
                        .map(event -> event.draft().details().path("digest").asText())
                        .filter(digest -> !digest.isEmpty()),
                served.map(Event::time),
                rollout);
    }

    /** After a rollback, what was served before; it is named {@code model/version}. */
    private static Optional<String> version(Event event) {
        if (event.draft().type().equals("deployed")) {
            return event.draft().version();
        }
        String previous = event.draft().details().path("previous").asText();
        return Optional.of(previous.substring(previous.lastIndexOf('/') + 1)).filter(version -> !version.isEmpty());
    }

    /** Whether the last rollout there ended without what it was for. */
    public boolean failed() {
        return rollout.draft().type().equals("deployment-failed")
                || rollout.draft().type().equals("deployment-rolled-back");
    }

    /** Whether a rollout there has begun and not ended. */
    public boolean underWay() {
        return rollout.draft().type().equals("deployment-started");
    }
}
