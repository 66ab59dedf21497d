package io.jenkins.plugins.modeldelivery.engine.record;

import java.util.Locale;
import java.util.Set;

/** What an event of a record tells. Every change of an alias or endpoint has an intent event before and an outcome after. */
public enum EventType {
    /** A version is in the registry and ready. */
    REGISTERED,
    /** A version that was not registered through this product is gated, promoted or deployed for the first time. */
    ADOPTED,
    /** A gate has decided. */
    GATED,
    /** Intent: an alias is about to be moved. */
    ALIAS_MOVE_STARTED,
    /** Outcome: a promotion moved an alias. */
    PROMOTED,
    /** Outcome: a registration moved an alias that no policy guards. */
    ALIAS_MOVED,
    /** Outcome: an alias went back, by a rollback or after a deployment that failed. */
    ROLLED_BACK,
    /** Outcome: somebody else had moved the alias; nothing was changed. */
    ALIAS_MOVE_CONFLICT,
    /** Outcome: the registry refused to move the alias; nothing was changed. */
    ALIAS_MOVE_FAILED,
    /** The registry shows another version for an alias than the record: somebody moved it past the record. */
    ALIAS_CHANGED_OUTSIDE,
    /** A policy has refused. */
    PROMOTION_REFUSED,
    /** Nothing but approvals is missing. */
    APPROVAL_REQUESTED,
    APPROVED,
    APPROVAL_REFUSED,
    APPROVAL_EXPIRED,
    APPROVAL_CANCELLED,
    /** Intent: a rollout is about to begin. */
    DEPLOYMENT_STARTED,
    /** Outcome: the new version is served and verified. */
    DEPLOYED,
    /** Outcome: the rollout failed, and the earlier version is served again. */
    DEPLOYMENT_ROLLED_BACK,
    /** Outcome: the rollout failed, and nothing was put back, or it could not be. */
    DEPLOYMENT_FAILED,
    /** Outcome: somebody else changed the endpoint meanwhile; nothing of theirs was changed. */
    DEPLOYMENT_CONFLICT,
    /** Outcome, in the record of the model that was served there: a deployment of another model took its place. */
    ENDPOINT_TAKEN_OVER,
    /** The text of a policy with its gates, once for each digest. */
    POLICY_RECORDED,
    /** Never written: stands in an index for a line that is no event. */
    DAMAGED;

    /** Those that tell where an alias points. */
    public static final Set<EventType> ALIAS_POSITIONS =
            Set.of(PROMOTED, ALIAS_MOVED, ROLLED_BACK, ALIAS_MOVE_CONFLICT, ALIAS_CHANGED_OUTSIDE);

    /** Intents and outcomes of rollouts. */
    public static final Set<EventType> ROLLOUTS = Set.of(
            DEPLOYMENT_STARTED,
            DEPLOYED,
            DEPLOYMENT_ROLLED_BACK,
            DEPLOYMENT_FAILED,
            DEPLOYMENT_CONFLICT,
            ENDPOINT_TAKEN_OVER);

    private final String text = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** As it stands in a record: {@code alias-move-started}. */
    public String text() {
        return text;
    }

    /** @throws IllegalArgumentException if no type has this text */
    public static EventType of(String text) {
        for (EventType type : values()) {
            if (type.text.equals(text)) {
                return type;
            }
        }
        throw new IllegalArgumentException("an event of the type " + text + " is not known");
    }

    @Override
    public String toString() {
        return text;
    }
}
