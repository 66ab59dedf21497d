package io.jenkins.plugins.modeldelivery.engine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the record says, as the engine's own fold reads it. */
final class RecordWords {
    private RecordWords() {}

    /** The alias whose position an event sets, if there is one. */
    static Optional<String> alias(Event event) {
        boolean late = event.draft().details().path("late").asBoolean();
        return EventType.ALIAS_POSITIONS.contains(event.draft().type()) && !late
                ? Optional.of(AliasTarget.of(event).alias())
                : Optional.empty();
    }

    /** By alias: the version that it points to; empty if it does not exist. */
    static Map<String, Optional<String>> targets(List<Event> events) {
        Map<String, Optional<String>> targets = new TreeMap<>();
        ModelState.of(events).aliases().forEach(alias -> targets.put(alias.alias(), alias.version()));
        return targets;
    }

    /** Whether the record knows of a version that the alias pointed to at some time. */
    static boolean everPointed(List<Event> events, String alias) {
        return events.stream()
                .filter(event -> alias(event).filter(alias::equals).isPresent())
                .anyMatch(event -> AliasTarget.of(event).version().isPresent()
                        || event.draft().details().hasNonNull("from"));
    }

    /** Whether the record knows of another version than this one that the alias pointed to at some time. */
    static boolean pointedElsewhere(List<Event> events, String alias, String number) {
        return events.stream()
                .filter(event -> alias(event).filter(alias::equals).isPresent())
                .anyMatch(event -> AliasTarget.of(event)
                                .version()
                                .filter(version -> !version.equals(number))
                                .isPresent()
                        || event.draft().details().hasNonNull("from"));
    }

    /** Whether the newest word on an alias is that an operation took it away again, as before it was moved first. */
    static boolean takenBackToNothing(List<Event> events, String alias) {
        return ModelState.of(events)
                .alias(alias)
                .filter(target ->
                        target.version().isEmpty() && target.move().draft().type() == EventType.ROLLED_BACK)
                .isPresent();
    }

    /** Whether an operation began to move an alias and the record does not say yet how that ended. */
    static boolean unfinished(List<Event> events, String alias) {
        Map<String, Boolean> open = new TreeMap<>();
        for (Event event : events) {
            JsonNode details = event.draft().details();
            if (details.path("alias").asText().equals(alias)) {
                String move = event.draft().operation().orElse("") + " "
                        + details.path("attempt").asText();
                switch (event.draft().type()) {
                    case ALIAS_MOVE_STARTED -> open.put(move, true);
                    case PROMOTED, ALIAS_MOVED, ROLLED_BACK, ALIAS_MOVE_CONFLICT, ALIAS_MOVE_FAILED ->
                        open.remove(move);
                    default -> {}
                }
            }
        }
        return !open.isEmpty();
    }

    /**
     * What an outcome of a rollout says that the endpoint serves.
     *
     * @param digest of what is served; empty if nothing is
     */
    record Served(Optional<String> digest) {}

    /** Whether a version of the record's own model is served after an outcome. */
    static boolean servesOwn(Event outcome) {
        return outcome.draft().type() == EventType.DEPLOYED
                || outcome.draft()
                        .details()
                        .path(EndpointStatus.SERVES)
                        .path("model")
                        .asText()
                        .equals(outcome.draft().model());
    }

    /** Empty if the event says that it is not known what is served. */
    static Optional<Served> served(Event outcome) {
        if (outcome.draft().type() == EventType.DEPLOYED) {
            return outcome.draft().digest().map(digest -> new Served(Optional.of(digest)));
        }
        JsonNode serves = outcome.draft().details().path(EndpointStatus.SERVES);
        boolean proven = outcome.draft().details().path(EndpointStatus.PROVEN).asBoolean(true);
        if (serves.isMissingNode() || !proven) {
            return Optional.empty();
        }
        if (serves.isNull()) {
            return Optional.of(new Served(Optional.empty()));
        }
        return Optional.ofNullable(serves.path("digest").textValue()).map(digest -> new Served(Optional.of(digest)));
    }
}
