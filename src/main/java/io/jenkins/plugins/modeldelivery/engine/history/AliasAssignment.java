package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.Instant;
import java.util.Optional;

/**
 * A time in which a version had an alias, as far as the record knows.
 *
 * @param begin the event that it began with
 * @param end the event that it ended with; empty while it lasts
 */
public record AliasAssignment(String alias, Event begin, Optional<Event> end) {
    public Instant since() {
        return begin.time();
    }

    /** The version that had the alias before; empty if none did, or none is known. */
    public Optional<String> replaced() {
        return EventDetails.text(begin, "from");
    }

    /** The version that had it next; empty while this one does, or if none did. */
    public Optional<String> replacedBy() {
        return end.flatMap(event -> AliasTarget.of(event).version());
    }

    AliasAssignment endedBy(Event event) {
        return new AliasAssignment(alias, begin, Optional.of(event));
    }
}
