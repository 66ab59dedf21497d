package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.build.provenance.RecordedBuild;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.gate.NumberFormats;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A version as one build gated it.
 *
 * @param gatedIn the build; empty if it was gated outside of builds
 * @param time ISO 8601
 * @param verdict {@code PASSED}, {@code FAILED} or {@code INCONCLUSIVE}: the gravest of the gates
 * @param marks what became of it, the oldest first
 * @param points one for each series that is shown and of which the gates knew
 */
@ExportedBean(defaultVisibility = 2)
public record VersionRow(
        @Exported String version,
        Optional<RecordedBuild> gatedIn,
        @Exported String time,
        @Exported String verdict,
        @Exported List<Mark> marks,
        @Exported List<Point> points) {
    /** @param columns the series that are shown */
    static VersionRow of(MetricTrend.Version version, List<MetricTrend.Series> columns) {
        return new VersionRow(
                version.version(),
                RecordedBuild.of(version.gate()),
                Timestamps.text(version.gate().time()),
                version.verdict().name(),
                version.marks().stream().map(Mark::of).toList(),
                columns.stream()
                        .filter(series -> version.points().containsKey(series.name()))
                        .map(series -> new Point(series.name(), version.points().get(series.name())))
                        .toList());
    }

    /** As people call it among the builds of its job; null if it was gated outside of builds. */
    @Exported
    public String getBuild() {
        return gatedIn.map(RecordedBuild::name)
                .map(name -> name.substring(name.lastIndexOf(" #") + 1))
                .orElse(null);
    }

    /** To sort by. */
    public String getBuildNumber() {
        return gatedIn.map(RecordedBuild::name)
                .map(name -> name.substring(name.lastIndexOf('#') + 1))
                .orElse("0");
    }

    /** Relative to Jenkins; null if there is no such build any more. */
    @Exported
    public String getBuildUrl() {
        return gatedIn.flatMap(RecordedBuild::path).orElse(null);
    }

    /** How a version did in one series. Numbers are null where there is none. */
    @ExportedBean(defaultVisibility = 3)
    public record Point(@Exported String series, MetricTrend.Point point) {
        @Exported
        public Double getValue() {
            return number(point.value());
        }

        @Exported
        public Double getBaseline() {
            return number(point.baseline());
        }

        @Exported
        public List<Bound> getBounds() {
            return point.bounds().stream()
                    .map(bound -> new Bound(bound.line(), bound.check(), number(bound.bound()), text(bound.bound())))
                    .toList();
        }

        /** {@code PASSED}, {@code FAILED} or {@code INCONCLUSIVE}: the gravest of the checks. */
        @Exported
        public String getVerdict() {
            return point.verdict().name();
        }

        @Exported
        public String getReason() {
            return point.reason();
        }

        public StatusMark getMark() {
            return StatusMark.ofVerdict(getVerdict());
        }

        public String getValueText() {
            return text(point.value());
        }

        public String getBaselineText() {
            return text(point.baseline());
        }

        private static Double number(Optional<BigDecimal> number) {
            return number.map(BigDecimal::doubleValue).orElse(null);
        }

        private static String text(Optional<BigDecimal> number) {
            return number.map(NumberFormats::text).orElse("–");
        }
    }

    /**
     * What one check asked of a value.
     *
     * @param line which bounds make one line, in words
     * @param bound null if there was none
     */
    @ExportedBean(defaultVisibility = 4)
    public record Bound(
            @Exported String line,
            @Exported String check,
            @Exported Double bound,
            String text) {}

    /**
     * What became of a version.
     *
     * @param kind {@code PROMOTED} or {@code ROLLED_BACK}
     * @param where the alias, or the target and endpoint
     * @param time ISO 8601
     * @param text for people
     */
    @ExportedBean(defaultVisibility = 3)
    public record Mark(
            @Exported String kind,
            @Exported String where,
            @Exported String time,
            String text) {
        private static Mark of(MetricTrend.Outcome outcome) {
            String what = switch (outcome.kind()) {
                case PROMOTED -> Messages.VersionRow_promotedTo();
                case ROLLED_BACK -> Messages.VersionRow_rolledBackFrom();
            };
            return new Mark(
                    outcome.kind().name(), outcome.where(), Timestamps.text(outcome.time()), what + outcome.where());
        }
    }
}
