package io.jenkins.plugins.modeldelivery.ui;

import hudson.Functions;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;

/** Times of pages: ISO 8601 in UTC for programs and for print, the user's form and zone for people. */
public final class Timestamps {
    private Timestamps() {}

    /** To the second, in UTC. */
    public static String text(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * To the minute, in the language of the present request. Its words are joined, so that a time is never broken at the
     * end of a line. Views call it by the tag {@code time}, which knows the time zone of the user.
     *
     * @param time ISO 8601
     * @param zone name of a time zone, in any form that Jenkins knows; "" for that of the controller
     */
    public static String forPeople(String time, String zone) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(Functions.getCurrentLocale())
                .withZone((zone.isEmpty() ? TimeZone.getDefault() : TimeZone.getTimeZone(zone)).toZoneId())
                .format(Instant.parse(time))
                .replace(' ', '\u00a0');
    }
}
