package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendSeries;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a trend can follow. */
@ExportedBean(defaultVisibility = 2)
public final class SeriesChoice {
    private final TrendSeries series;
    private final boolean shown;

    SeriesChoice(TrendSeries series, boolean shown) {
        this.series = series;
        this.shown = shown;
    }

    /** As checks write it. */
    @Exported
    public String getName() {
        return series.name();
    }

    /** What is drawn on one scale. */
    @Exported
    public String getMetric() {
        return series.metric();
    }

    @Exported
    public boolean isShown() {
        return shown;
    }
}
