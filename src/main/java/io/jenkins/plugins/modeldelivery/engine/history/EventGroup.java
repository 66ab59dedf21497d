package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Types of events that people look for together. */
public enum EventGroup {
    REGISTRATIONS("Registrations", EventType.REGISTERED, EventType.ADOPTED),
    GATES("Gates", EventType.GATED),
    PROMOTIONS(
            "Promotions",
            EventType.ALIAS_MOVE_STARTED,
            EventType.PROMOTED,
            EventType.ALIAS_MOVED,
            EventType.ROLLED_BACK,
            EventType.PROMOTION_REFUSED,
            EventType.ALIAS_MOVE_CONFLICT,
            EventType.ALIAS_MOVE_FAILED,
            EventType.ALIAS_CHANGED_OUTSIDE,
            EventType.POLICY_RECORDED),
    APPROVALS(
            "Approvals",
            EventType.APPROVAL_REQUESTED,
            EventType.APPROVED,
            EventType.APPROVAL_REFUSED,
            EventType.APPROVAL_EXPIRED,
            EventType.APPROVAL_CANCELLED),
    DEPLOYMENTS("Deployments", EventType.ROLLOUTS.toArray(EventType[]::new));

    private final String title;
    private final Set<EventType> types;

    EventGroup(String title, EventType... types) {
        this.title = title;
        this.types = Set.of(types);
    }

    public String title() {
        return title;
    }

    public Set<EventType> types() {
        return types;
    }

    /** As it is written in addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EventGroup> of(String word) {
        return Stream.of(values()).filter(group -> group.word().equals(word)).findFirst();
    }
}
