package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The parts of a {@link ModelState} that an event sets. An index keeps the newest event of each key, so that the state is
 * known without reading the whole record.
 */
final class StateKeys {
    static final String ALIAS = "alias ";
    /** How the newest move of an alias stands. */
    static final String MOVE = "move ";
    /** What an endpoint serves. */
    static final String SERVED = "served ";
    /** How the newest rollout to an endpoint stands. */
    static final String ROLLOUT = "rollout ";

    static final String REGISTERED = "registered";
    static final String GATED = "gated";

    private StateKeys() {}

    /** Empty for an event that changes no state. */
    static List<String> of(Event event) {
        JsonNode details = event.draft().details();
        String alias = details.path("alias").asText();
        String endpoint =
                details.path("target").asText() + "/" + details.path("endpoint").asText();
        return switch (event.draft().type()) {
            case REGISTERED -> List.of(REGISTERED);
            case GATED -> List.of(GATED);
            case ALIAS_MOVE_STARTED, ALIAS_MOVE_FAILED -> List.of(MOVE + alias);
            case PROMOTED, ALIAS_MOVED, ROLLED_BACK, ALIAS_MOVE_CONFLICT ->
                AliasTarget.isLate(event) ? List.of(MOVE + alias) : List.of(ALIAS + alias, MOVE + alias);
            case ALIAS_CHANGED_OUTSIDE -> List.of(ALIAS + alias);
            case DEPLOYMENT_STARTED -> List.of(ROLLOUT + endpoint);
            case DEPLOYED, DEPLOYMENT_ROLLED_BACK, DEPLOYMENT_FAILED, DEPLOYMENT_CONFLICT, ENDPOINT_CHANGED_OUTSIDE ->
                List.of(SERVED + endpoint, ROLLOUT + endpoint);
            case ADOPTED,
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
