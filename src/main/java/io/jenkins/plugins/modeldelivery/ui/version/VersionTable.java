package io.jenkins.plugins.modeldelivery.ui.version;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.history.VersionList;
import io.jenkins.plugins.modeldelivery.ui.event.EventCursor;
import io.jenkins.plugins.modeldelivery.ui.models.QueryParameters;
import io.jenkins.plugins.modeldelivery.ui.models.QueryString;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;

/** Some versions of a model, those first that were registered last. */
public final class VersionTable {
    private static final int PAGE = 10;

    private final ModelRecord record;
    private final boolean later;
    private final VersionList list;

    /** @param request with {@code versionsBefore} */
    public VersionTable(ModelRecord record, ModelSummary summary, StaplerRequest2 request) {
        this.record = record;
        String before = QueryParameters.text(request, "versionsBefore");
        this.later = !before.isEmpty();
        this.list = record.versions(summary, EventCursor.before(record, before), PAGE);
    }

    public List<VersionView> getLines() {
        return list.versions().stream().map(VersionView::new).toList();
    }

    /** What {@code versionsBefore} must say to get the next page; null if this is the last. */
    public String getOlder() {
        return list.last().map(last -> EventCursor.of(record, last)).orElse(null);
    }

    /** Null if this is the last page. */
    public String getOlderQuery() {
        String older = getOlder();
        return older == null ? null : QueryString.of("versionsBefore", older);
    }

    /** Whether there is a page of newer ones. */
    public boolean isLater() {
        return later;
    }
}
