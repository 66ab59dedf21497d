package io.jenkins.plugins.modeldelivery.ui.version;

import io.jenkins.plugins.modeldelivery.engine.history.EventDescriptions;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.event.BuildView;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A statement, and the event that says so. */
@ExportedBean(defaultVisibility = 3)
public record EventStatement(@Exported String text, Event event) {
    /** In the event's own words. */
    static EventStatement of(Event event) {
        return new EventStatement(EventDescriptions.capitalised(event), event);
    }

    @Exported
    public String getTime() {
        return Timestamps.text(event.time());
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
        return EventDescriptions.reason(event);
    }
}
