package io.jenkins.plugins.modeldelivery.engine.export;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.function.Consumer;

/** Gives the events that are to be exported, oldest first and one at a time. */
@FunctionalInterface
public interface Events {
    void each(Consumer<Event> sink);
}
