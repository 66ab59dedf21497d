package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendPoint;
import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendSeries;
import io.jenkins.plugins.modeldelivery.ui.gate.NumberFormats;
import io.jenkins.plugins.modeldelivery.ui.gate.VerdictMark;
import java.math.BigDecimal;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a version did in one series. */
@ExportedBean(defaultVisibility = 3)
public final class PointCell {
    private final TrendSeries series;
    private final TrendPoint point;

    PointCell(TrendSeries series, TrendPoint point) {
        this.series = series;
        this.point = point;
    }

    @Exported
    public String getSeries() {
        return series.name();
    }

    /** Null if there is none, or it is no number. */
    @Exported
    public Double getValue() {
        return point.value().map(BigDecimal::doubleValue).orElse(null);
    }

    /** Null if there was none. */
    @Exported
    public Double getBaseline() {
        return point.baseline().map(BigDecimal::doubleValue).orElse(null);
    }

    @Exported
    public List<BoundCell> getBounds() {
        return point.bounds().stream().map(BoundCell::new).toList();
    }

    /** {@code PASSED}, {@code FAILED} or {@code INCONCLUSIVE}: the gravest of the checks. */
    @Exported
    public String getVerdict() {
        return point.verdict().name();
    }

    /** One sentence. */
    @Exported
    public String getReason() {
        return point.reason();
    }

    public VerdictMark getMark() {
        return VerdictMark.of(point.verdict());
    }

    public String getValueText() {
        return point.value().map(NumberFormats::text).orElse("–");
    }

    public String getBaselineText() {
        return point.baseline().map(NumberFormats::text).orElse("–");
    }
}
