package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.Instant;
import java.util.Optional;

/**
 * Who bears an alias, as far as the record knows.
 *
 * @param version empty if nobody does
 * @param since when it was moved there
 * @param move the event that says so
 */
public record AliasBearer(String alias, Optional<String> version, Instant since, Event move) {
    /** @param event of a type that tells of an alias */
    static AliasBearer of(Event event) {
        JsonNode details = event.draft().details();
        // A move that met somebody else's did not happen; what that one had set is what the event found.
        String bearer = event.draft().type().equals("promotion-conflict") ? "actual" : "to";
        return new AliasBearer(
                details.path("alias").asText(),
                Optional.of(details.path(bearer).asText()).filter(version -> !version.isEmpty()),
                event.time(),
                event);
    }

    public boolean bears(String other) {
        return version.filter(other::equals).isPresent();
    }
}
