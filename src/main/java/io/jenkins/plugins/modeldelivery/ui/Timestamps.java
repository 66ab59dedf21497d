package io.jenkins.plugins.modeldelivery.ui;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as pages and the API write them: ISO 8601 in UTC, to the second. */
public final class Timestamps {
    private static final DateTimeFormatter PEOPLE = DateTimeFormatter.ofPattern(
                    "d\u00a0MMM\u00a0uuuu HH:mm\u00a0'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** To the minute, to be read; neither the day nor the time is broken at the end of a line. */
    public static String forPeople(Instant time) {
        return PEOPLE.format(time);
    }
}
