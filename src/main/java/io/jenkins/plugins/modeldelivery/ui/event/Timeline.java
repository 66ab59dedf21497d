package io.jenkins.plugins.modeldelivery.ui.event;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.ui.models.QueryParameters;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;

/** Some events of a model, newest first. */
public final class Timeline {
    private static final int PAGE = 25;

    private final ModelRecord record;
    private final EventFilter filter;
    private final boolean later;
    private final EventPage page;

    /** @param request with those of {@link EventFilter} and {@code before} */
    public Timeline(ModelRecord record, StaplerRequest2 request) {
        this.record = record;
        this.filter = new EventFilter(request);
        String before = QueryParameters.text(request, "before");
        this.later = !before.isEmpty();
        this.page = record.page(filter.of(record.query()), EventCursor.before(record, before), PAGE);
    }

    public EventFilter getFilter() {
        return filter;
    }

    public List<EventView> getEvents() {
        return page.events().stream()
                .map(event -> new EventView(event, record.isWhole()))
                .toList();
    }

    /** What {@code before} must say to get the next page; null if this is the last. */
    public String getOlder() {
        List<Event> events = page.events();
        return page.older().isPresent() ? EventCursor.of(record, events.get(events.size() - 1)) : null;
    }

    /** Null if this is the last page. */
    public String getOlderQuery() {
        String older = getOlder();
        return older == null ? null : filter.query(older);
    }

    /** Back to the first page; null if this is it. */
    public String getNewestQuery() {
        return later ? filter.query("") : null;
    }
}
