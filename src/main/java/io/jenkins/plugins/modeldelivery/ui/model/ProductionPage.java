package io.jenkins.plugins.modeldelivery.ui.model;

import hudson.model.Api;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.history.ProductionAt;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.models.ModelLinks;
import io.jenkins.plugins.modeldelivery.ui.version.EventStatement;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What was in production at a time. All days and times are UTC. */
@StaplerAccessibleType
@ExportedBean
public final class ProductionPage extends ModelSubpage {
    ProductionPage(ModelRecord record) {
        super(record);
    }

    /** As it was asked for, else today. */
    @Exported
    public String getDate() {
        String date = parameter("date");
        return date.isEmpty()
                ? record().now().atOffset(ZoneOffset.UTC).toLocalDate().toString()
                : date;
    }

    /** As it was asked for; empty for the end of the day. */
    public String getTime() {
        return parameter("time");
    }

    /** Read once a page. */
    @Exported
    public Answer getAnswer() {
        try {
            LocalDate day = LocalDate.parse(getDate());
            Instant time = getTime().isEmpty()
                    ? day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusMillis(1)
                    : day.atTime(LocalTime.parse(getTime())).toInstant(ZoneOffset.UTC);
            return new Answer(record(), record().productionAt(time));
        } catch (DateTimeException e) {
            return new Answer(record(), null);
        }
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return "What was in production of " + record().model();
    }

    /** What was found, if the time was one. */
    @ExportedBean(defaultVisibility = 2)
    public static final class Answer {
        private final ModelRecord record;
        private final ProductionAt at;

        Answer(ModelRecord record, ProductionAt at) {
            this.record = record;
            this.at = at;
        }

        /** Whether a time was asked for that there is; if not, the rest is empty. */
        @Exported
        public boolean isKnown() {
            return at != null;
        }

        @Exported
        public String getTime() {
            return at == null ? null : Timestamps.text(at.time());
        }

        @Exported
        public boolean isFuture() {
            return at != null && at.time().isAfter(record.now());
        }

        public boolean isNothing() {
            return at.aliases().isEmpty() && at.endpoints().isEmpty();
        }

        @Exported
        public List<Line> getAliases() {
            List<Line> lines = new ArrayList<>();
            for (AliasTarget target : at == null ? List.<AliasTarget>of() : at.aliases()) {
                lines.add(new Line(
                        target.alias(),
                        target.version().orElse(null),
                        new EventStatement("", target.move()),
                        "",
                        record));
            }
            return lines;
        }

        @Exported
        public List<Line> getEndpoints() {
            List<Line> lines = new ArrayList<>();
            for (EndpointStatus endpoint : at == null ? List.<EndpointStatus>of() : at.endpoints()) {
                String note = endpoint.underWay()
                        ? "A rollout was under way."
                        : endpoint.failed() ? "The last rollout before had failed." : "";
                lines.add(new Line(
                        endpoint.target() + "/" + endpoint.endpoint(),
                        endpoint.version().orElse(null),
                        new EventStatement(
                                endpoint.since().map(Timestamps::text).orElse(""), endpoint.rollout()),
                        note,
                        record));
            }
            return lines;
        }
    }

    /** An alias or endpoint and its version. */
    @ExportedBean(defaultVisibility = 3)
    public static final class Line {
        private final String name;
        private final String version;
        private final EventStatement said;
        private final String note;
        private final ModelRecord record;

        Line(String name, String version, EventStatement said, String note, ModelRecord record) {
            this.name = name;
            this.version = version;
            this.said = said;
            this.note = note;
            this.record = record;
        }

        @Exported
        public String getName() {
            return name;
        }

        /** Null if there was none. */
        @Exported
        public String getVersion() {
            return version;
        }

        /** Relative to Jenkins' root. */
        public String getVersionPath() {
            return ModelLinks.version(record.registry(), record.model(), version);
        }

        @Exported
        public EventStatement getSaid() {
            return said;
        }

        @Exported
        public String getNote() {
            return note;
        }
    }
}
