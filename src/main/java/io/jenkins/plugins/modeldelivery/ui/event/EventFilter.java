package io.jenkins.plugins.modeldelivery.ui.event;

import io.jenkins.plugins.modeldelivery.engine.history.EventGroup;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.ui.models.QueryParameters;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.StaplerRequest2;

/** Which events of a model are asked for. What cannot be understood is left aside. */
public final class EventFilter {
    private final Optional<EventGroup> group;
    private final String version;
    private final Optional<LocalDate> from;
    private final Optional<LocalDate> until;

    EventFilter(StaplerRequest2 request) {
        this.group = EventGroup.of(QueryParameters.text(request, "events"));
        this.version = QueryParameters.text(request, "version");
        this.from = date(QueryParameters.text(request, "from"));
        this.until = date(QueryParameters.text(request, "until"));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    EventQuery of(EventQuery all) {
        EventQuery query = all;
        if (group.isPresent()) {
            query = query.types(group.get().types());
        }
        if (!version.isEmpty()) {
            query = query.version(version);
        }
        if (from.isPresent()) {
            query = query.from(start(from.get()));
        }
        if (until.isPresent()) {
            query = query.until(start(until.get().plusDays(1)).minusMillis(1));
        }
        return query;
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Whether anything is left out. */
    public boolean isOn() {
        return group.isPresent() || !version.isEmpty() || from.isPresent() || until.isPresent();
    }

    public List<EventGroup> getGroups() {
        return List.of(EventGroup.values());
    }

    /** Empty for all. */
    public String getEvents() {
        return group.map(EventGroup::word).orElse("");
    }

    public String getVersion() {
        return version;
    }

    public String getFrom() {
        return from.map(LocalDate::toString).orElse("");
    }

    public String getUntil() {
        return until.map(LocalDate::toString).orElse("");
    }

    /** The query of the events before a cursor. */
    String query(String before) {
        return QueryParameters.query(
                "events", getEvents(), "version", version, "from", getFrom(), "until", getUntil(), "before", before);
    }
}
