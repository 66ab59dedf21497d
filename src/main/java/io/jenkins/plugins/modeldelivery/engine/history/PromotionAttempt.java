package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How one operation tried to give an alias to a version: what was asked, who approved, and how it ended.
 *
 * @param events of that operation, oldest first, at least one
 */
public record PromotionAttempt(String alias, List<Event> events) {
    static final Set<EventType> TYPES = Set.of(
            EventType.ALIAS_MOVE_STARTED,
            EventType.PROMOTED,
            EventType.ALIAS_MOVED,
            EventType.ROLLED_BACK,
            EventType.ALIAS_MOVE_CONFLICT,
            EventType.ALIAS_MOVE_FAILED,
            EventType.PROMOTION_REFUSED,
            EventType.APPROVAL_REQUESTED,
            EventType.APPROVED,
            EventType.APPROVAL_REFUSED,
            EventType.APPROVAL_EXPIRED,
            EventType.APPROVAL_CANCELLED);

    public PromotionAttempt {
        events = List.copyOf(events);
    }

    /** The last word so far. */
    public Event outcome() {
        return events.get(events.size() - 1);
    }

    /** Who asked for it, by the first event. */
    public String requester() {
        return events.get(0).draft().actor();
    }

    /** Name of the policy that decided; empty if none did. */
    public Optional<String> policy() {
        return newest(event -> EventDetails.text(event, "policy"));
    }

    public Optional<String> policyDigest() {
        return newest(event -> event.draft().policyDigest());
    }

    /** The last one of the policy; missing if none decided. */
    public JsonNode decision() {
        return newest(event ->
                        Optional.of(event.draft().details().path("decision")).filter(JsonNode::isObject))
                .orElse(MissingNode.getInstance());
    }

    /** The policy's rules, each with {@code rule}, {@code outcome}, {@code text} and perhaps {@code needed}. */
    public JsonNode rules() {
        return decision().path("rules");
    }

    public List<Event> votes() {
        return events.stream()
                .filter(event -> Set.of(EventType.APPROVED, EventType.APPROVAL_REFUSED)
                        .contains(event.draft().type()))
                .toList();
    }

    private <T> Optional<T> newest(Function<Event, Optional<T>> part) {
        return events.stream().flatMap(event -> part.apply(event).stream()).reduce((first, last) -> last);
    }
}
