package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.build.provenance.RecordedBuild;
import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendPoint;
import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendSeries;
import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendVersion;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A version as one build gated it. */
@ExportedBean(defaultVisibility = 2)
public final class VersionRow {
    private final TrendVersion version;
    private final List<TrendSeries> columns;
    private final Optional<RecordedBuild> build;

    VersionRow(TrendVersion version, List<TrendSeries> columns) {
        this.version = version;
        this.columns = columns;
        this.build = RecordedBuild.of(version.gate());
    }

    @Exported
    public String getVersion() {
        return version.version();
    }

    /** As people call it among the builds of its job; null if it was gated outside of builds. */
    @Exported
    public String getBuild() {
        return build.map(RecordedBuild::name)
                .map(name -> name.substring(name.lastIndexOf(" #") + 1))
                .orElse(null);
    }

    /** To sort by. */
    public String getBuildNumber() {
        return build.map(RecordedBuild::name)
                .map(name -> name.substring(name.lastIndexOf('#') + 1))
                .orElse("0");
    }

    /** Relative to Jenkins; null if there is no such build any more. */
    @Exported
    public String getBuildUrl() {
        return build.flatMap(RecordedBuild::path).orElse(null);
    }

    /** ISO 8601. */
    @Exported
    public String getTime() {
        return Timestamps.text(version.gate().time());
    }

    /** {@code PASSED}, {@code FAILED} or {@code INCONCLUSIVE}: the gravest of the gates. */
    @Exported
    public String getVerdict() {
        return version.verdict().name();
    }

    /** What became of it, the oldest first. */
    @Exported
    public List<OutcomeCell> getMarks() {
        return version.marks().stream().map(OutcomeCell::new).toList();
    }

    /** One for each series that is shown and of which the gates knew. */
    @Exported
    public List<PointCell> getPoints() {
        return columns.stream()
                .<PointCell>mapMulti((series, next) -> {
                    TrendPoint point = version.points().get(series.name());
                    if (point != null) {
                        next.accept(new PointCell(series, point));
                    }
                })
                .toList();
    }
}
