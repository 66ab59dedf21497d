package io.jenkins.plugins.modeldelivery.ui.event;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of events ends, in a word for addresses: the time of its last event and, if several happened in that
 * millisecond, which of those it is. The numbers of events would tell how many there are that one may not see; this says
 * nothing that is not on the page, and anybody who makes one up is led to what may be seen.
 */
public final class EventCursor {
    /** More events are never written in a millisecond. */
    private static final int AT_ONCE = 1000;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})(?:\\.([0-9]{1,4}))?");

    private EventCursor() {}

    public static String of(ModelRecord record, Event last) {
        long time = last.time().toEpochMilli();
        List<Event> then = at(record, time);
        int place = 0;
        while (place < then.size() && then.get(place).sequence() != last.sequence()) {
            place++;
        }
        return place == 0 ? String.valueOf(time) : time + "." + place;
    }

    /** For {@link ModelRecord#page}; empty if the word is none of those that {@link #of} gave. */
    public static OptionalLong before(ModelRecord record, String cursor) {
        Matcher matcher = FORM.matcher(cursor);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        List<Event> then = at(record, Long.parseLong(matcher.group(1)));
        int place = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
        return place < then.size() ? OptionalLong.of(then.get(place).sequence()) : OptionalLong.empty();
    }

    /** Newest first. */
    private static List<Event> at(ModelRecord record, long time) {
        Instant instant = Instant.ofEpochMilli(time);
        return record.page(record.query().from(instant).until(instant), OptionalLong.empty(), AT_ONCE)
                .events();
    }
}
