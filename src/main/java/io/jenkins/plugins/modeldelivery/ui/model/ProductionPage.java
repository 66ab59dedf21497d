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
import java.util.List;
import java.util.Optional;
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
        return Messages.ProductionPage_productionOf(record().model());
    }

    /** What was found, if the time was one. */
    @ExportedBean(defaultVisibility = 2)
    public record Answer(ModelRecord record, ProductionAt at) {
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
            List<AliasTarget> aliases = at == null ? List.of() : at.aliases();
            return aliases.stream()
                    .map(target -> line(target.alias(), target.version(), new EventStatement("", target.move()), ""))
                    .toList();
        }

        @Exported
        public List<Line> getEndpoints() {
            List<EndpointStatus> endpoints = at == null ? List.of() : at.endpoints();
            return endpoints.stream().map(this::line).toList();
        }

        private Line line(EndpointStatus endpoint) {
            String note = endpoint.underWay()
                    ? Messages.ProductionPage_aRolloutWasInProgress()
                    : endpoint.failed() ? Messages.ProductionPage_theRolloutBeforeHadFailed() : "";
            String since = endpoint.since().map(Timestamps::text).orElse("");
            return line(
                    endpoint.target() + "/" + endpoint.endpoint(),
                    endpoint.version(),
                    new EventStatement(since, endpoint.rollout()),
                    note);
        }

        private Line line(String name, Optional<String> version, EventStatement said, String note) {
            String its = version.orElse(null);
            return new Line(name, its, said, note, ModelLinks.version(record.registry(), record.model(), its));
        }
    }

    /**
     * An alias or endpoint and its version.
     *
     * @param version null if there was none
     * @param versionPath relative to Jenkins' root
     */
    @ExportedBean(defaultVisibility = 3)
    public record Line(
            @Exported String name,
            @Exported String version,
            @Exported EventStatement said,
            @Exported String note,
            String versionPath) {}
}
