package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.util.List;
import java.util.OptionalLong;

/**
 * Some events of a record, newest first.
 *
 * @param older from where the next page goes on, for {@link IndexedRecord#page}; empty if there is nothing older
 */
public record EventPage(List<Event> events, OptionalLong older) {
    public EventPage {
        events = List.copyOf(events);
    }
}
