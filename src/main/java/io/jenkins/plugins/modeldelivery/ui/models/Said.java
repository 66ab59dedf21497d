package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.history.EventWords;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.Times;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A statement, and the event that says so. */
@ExportedBean(defaultVisibility = 3)
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

    @Exported
    public String getText() {
        return text;
    }

    @Exported
    public String getTime() {
        return Times.text(event.time());
    }

    @Exported
    public String getBy() {
        return event.draft().actor();
    }

    /** Null if it happened in none. */
    @Exported
    public BuildView getBuild() {
        return BuildView.of(event);
    }

    /** What was missing, went wrong or was said; empty if nothing was. */
    @Exported
    public String getReason() {
        return EventWords.reason(event);
    }
}
