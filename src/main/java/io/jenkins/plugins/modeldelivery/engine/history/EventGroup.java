package io.jenkins.plugins.modeldelivery.engine.history;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Types of events that people look for together. */
public enum EventGroup {
    REGISTRATIONS("Registrations", "registered"),
    GATES("Gates", "gated"),
    PROMOTIONS("Promotions", "promoted", "alias-moved", "rolled-back", "promotion-refused", "promotion-conflict"),
    APPROVALS(
            "Approvals",
            "approval-requested",
            "approved",
            "approval-refused",
            "approval-expired",
            "approval-cancelled"),
    DEPLOYMENTS("Deployments", "deployment-started", "deployed", "deployment-rolled-back", "deployment-failed");

    private final String title;
    private final Set<String> types;

    EventGroup(String title, String... types) {
        this.title = title;
        this.types = Set.of(types);
    }

    public String title() {
        return title;
    }

    public Set<String> types() {
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
