package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.time.Instant;
import java.util.Optional;

/**
 * Where an alias points, as far as the record knows.
 *
 * @param version empty if it points nowhere
 * @param identity of that version; empty if the record knows only its number, as after somebody else's move
 * @param since when it was moved or seen there
 * @param move the event that says so
 */
public record AliasTarget(
        String alias, Optional<String> version, Optional<VersionIdentity> identity, Instant since, Event move) {
    /**
     * True in the details of an outcome that was recorded after the outcome of a later move, as by an operation that
     * continues after a crash: it says nothing about where the alias points.
     */
    public static final String LATE = "late";

    /** @param event of a type in {@link EventType#ALIAS_POSITIONS} */
    public static AliasTarget of(Event event) {
        boolean conflict = event.draft().type() == EventType.ALIAS_MOVE_CONFLICT;
        return new AliasTarget(
                aliasOf(event.draft()),
                versionOf(event.draft()),
                conflict ? Optional.empty() : event.draft().identity(),
                event.time(),
                event);
    }

    /** @param draft of a type in {@link EventType#ALIAS_POSITIONS} */
    public static String aliasOf(EventDraft draft) {
        return draft.details().path("alias").asText();
    }

    /**
     * Where the alias points by an event; empty if nowhere. After a conflict it points to what somebody else had set.
     *
     * @param draft of a type in {@link EventType#ALIAS_POSITIONS}
     */
    public static Optional<String> versionOf(EventDraft draft) {
        String key = draft.type() == EventType.ALIAS_MOVE_CONFLICT ? "actual" : "to";
        return Optional.of(draft.details().path(key).asText()).filter(version -> !version.isEmpty());
    }

    /** Whether the event says nothing about where the alias points, since a later move was recorded before it. */
    public static boolean isLate(Event event) {
        return event.draft().details().path(LATE).asBoolean();
    }

    public boolean isAt(String other) {
        return version.filter(other::equals).isPresent();
    }
}
