package io.jenkins.plugins.modeldelivery.ui.version;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.history.VersionList;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.event.BuildView;
import io.jenkins.plugins.modeldelivery.ui.event.EventCursor;
import io.jenkins.plugins.modeldelivery.ui.model.EndpointView;
import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import io.jenkins.plugins.modeldelivery.ui.models.PathSegment;
import io.jenkins.plugins.modeldelivery.ui.models.QueryParameters;
import java.util.List;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

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

    public List<Line> getLines() {
        return list.versions().stream().map(Line::new).toList();
    }

    /** What {@code versionsBefore} must say to get the next page; null if this is the last. */
    public String getOlder() {
        return list.last().map(last -> EventCursor.of(record, last)).orElse(null);
    }

    /** Null if this is the last page. */
    public String getOlderQuery() {
        String older = getOlder();
        return older == null ? null : QueryParameters.query("versionsBefore", older);
    }

    /** Whether there is a page of newer ones. */
    public boolean isLater() {
        return later;
    }

    /** A version of a model. */
    @ExportedBean(defaultVisibility = 2)
    public record Line(VersionList.Entry entry) {
        @Exported
        public String getVersion() {
            return entry.version();
        }

        /** Of its events in the timeline. */
        public String getQuery() {
            return QueryParameters.query("version", entry.version());
        }

        /** Of its page, relative to that of the model. */
        @Exported
        public String getPath() {
            return ModelLinks.VERSION + PathSegment.encode(getVersion()) + "/";
        }

        @Exported
        public String getRegistered() {
            return Timestamps.text(entry.registered().time());
        }

        /** Who registered it. */
        @Exported
        public String getBy() {
            return entry.registered().draft().actor();
        }

        /** In which it was registered; null if in none. */
        @Exported
        public BuildView getBuild() {
            return BuildView.of(entry.registered());
        }

        /** Null if the registry gives none. */
        @Exported
        public String getDigest() {
            return entry.registered().draft().digest().orElse(null);
        }

        /** Null if it was not gated. */
        @Exported
        public VerdictView getLastGate() {
            return entry.lastGate().map(VerdictView::of).orElse(null);
        }

        @Exported
        public List<String> getAliases() {
            return entry.aliases().stream().map(AliasTarget::alias).toList();
        }

        /** Those that serve it. */
        @Exported
        public List<EndpointView> getEndpoints() {
            return entry.endpoints().stream().map(EndpointView::new).toList();
        }
    }
}
