package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.history.EventWords;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.Times;

/** A statement, and the event that says so. */
public final class Said {
    private final String text;
    private final Event event;

    Said(String text, Event event) {
        this.text = text;
        this.event = event;
    }

    /** In the event's own words. */
    static Said of(Event event) {
        return new Said(EventWords.capitalised(event), event);
    }

    public String getText() {
        return text;
    }

    public String getTime() {
        return Times.text(event.time());
    }

    public String getBy() {
        return event.draft().actor();
    }

    /** Null if it happened in none. */
    public BuildView getBuild() {
        return BuildView.of(event);
    }

    /** What was missing, went wrong or was said; empty if nothing was. */
    public String getReason() {
        return EventWords.reason(event);
    }
}
