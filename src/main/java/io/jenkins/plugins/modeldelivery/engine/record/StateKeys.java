package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The parts of a {@link ModelState} that an event sets. An index keeps the newest event of each key, so that the state is
 * known without reading the whole record.
 */
public final class StateKeys {
    public static final String ALIAS = "alias ";
    /** A move of an alias that was begun, for each operation; gone when its outcome is known. */
    static final String MOVE = "move ";
    /** What an endpoint serves. */
    static final String SERVED = "served ";
    /** How the newest rollout to an endpoint stands. */
    static final String ROLLOUT = "rollout ";

    static final String REGISTERED = "registered";
    public static final String GATED = "gated";

    private StateKeys() {}

    /** Those that are gone with an event. */
    public static List<String> endedBy(Event event) {
        return switch (event.draft().type()) {
            case PROMOTED, ALIAS_MOVED, ROLLED_BACK, ALIAS_MOVE_CONFLICT, ALIAS_MOVE_FAILED -> List.of(move(event));
            default -> List.of();
        };
    }

    private static String move(Event event) {
        return MOVE + event.draft().details().path("alias").asText() + " "
                + event.draft().operation().orElse("");
    }

    /** Those that an event sets; none if it changes no state. */
    public static List<String> of(Event event) {
        JsonNode details = event.draft().details();
        String alias = details.path("alias").asText();
        String endpoint =
                details.path("target").asText() + "/" + details.path("endpoint").asText();
        return switch (event.draft().type()) {
            case REGISTERED -> List.of(REGISTERED);
            case GATED -> List.of(GATED);
            case ALIAS_MOVE_STARTED -> List.of(move(event));
            case PROMOTED, ALIAS_MOVED, ROLLED_BACK, ALIAS_MOVE_CONFLICT, ALIAS_CHANGED_OUTSIDE ->
                AliasTarget.isLate(event) ? List.of() : List.of(ALIAS + alias);
            case DEPLOYMENT_STARTED -> List.of(ROLLOUT + endpoint);
            case DEPLOYED, DEPLOYMENT_ROLLED_BACK, DEPLOYMENT_FAILED, DEPLOYMENT_CONFLICT, ENDPOINT_TAKEN_OVER ->
                List.of(SERVED + endpoint, ROLLOUT + endpoint);
            case ADOPTED,
                    ALIAS_MOVE_FAILED,
                    PROMOTION_REFUSED,
                    APPROVAL_REQUESTED,
                    APPROVED,
                    APPROVAL_REFUSED,
                    APPROVAL_EXPIRED,
                    APPROVAL_CANCELLED,
                    POLICY_RECORDED,
                    DAMAGED -> List.of();
        };
    }
}
