package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.history.Details;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.Times;
import java.util.Optional;

/** A statement, and the event that says so. */
public final class Said {
    private final String text;
    private final Event event;

    Said(String text, Event event) {
        this.text = text;
        this.event = event;
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

    /** Null if it was in none, or its address is none that a browser should follow. */
    public String getBuild() {
        return event.draft().build().filter(url -> url.matches("https?://.+")).orElse(null);
    }

    /** Job and number. */
    public String getBuildName() {
        String job = event.draft().job().orElse("build");
        return number(event).map(number -> job + " #" + number).orElse(job);
    }

    /** By the address of its build; empty if there is none. */
    static Optional<String> number(Event event) {
        return event.draft()
                .build()
                .map(url -> url.replaceFirst("/+$", ""))
                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                .filter(number -> number.matches("[0-9]{1,9}"));
    }

    /** What a vote or a rollout gave as its reason; null if it gave none. */
    public String getReason() {
        return Details.text(event, "comment")
                .or(() -> Details.text(event, "reason"))
                .orElse(null);
    }
}
