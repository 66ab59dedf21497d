package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What an event is the newest word on, until another event is. An index keeps the newest event of each topic, so that the
 * present state of a model is known without reading its record.
 */
public final class Topics {
    /** Who bears an alias. */
    public static final String ALIAS = "alias ";
    /** What an endpoint serves. */
    public static final String SERVED = "served ";
    /** How the last rollout to an endpoint stands. */
    public static final String ROLLOUT = "rollout ";

    public static final String REGISTERED = "registered";
    public static final String GATED = "gated";

    private Topics() {}

    /** Of which an event tells; empty for an event that changes no state. */
    public static List<String> of(Event event) {
        JsonNode details = event.draft().details();
        String endpoint =
                details.path("target").asText() + "/" + details.path("endpoint").asText();
        return switch (event.draft().type()) {
            case "registered" -> List.of(REGISTERED);
            case "gated" -> List.of(GATED);
            case "promoted", "alias-moved", "rolled-back", "promotion-conflict" ->
                List.of(ALIAS + details.path("alias").asText());
            case "deployed", "deployment-rolled-back" -> List.of(SERVED + endpoint, ROLLOUT + endpoint);
            case "deployment-started", "deployment-failed" -> List.of(ROLLOUT + endpoint);
            default -> List.of();
        };
    }
}
