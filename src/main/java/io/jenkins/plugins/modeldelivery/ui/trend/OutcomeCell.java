package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendOutcome;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What became of a version. */
@ExportedBean(defaultVisibility = 3)
public final class OutcomeCell {
    private final TrendOutcome mark;

    OutcomeCell(TrendOutcome mark) {
        this.mark = mark;
    }

    /** {@code PROMOTED} or {@code ROLLED_BACK}. */
    @Exported
    public String getKind() {
        return mark.kind().name();
    }

    /** The alias, or the target and endpoint. */
    @Exported
    public String getWhere() {
        return mark.where();
    }

    /** ISO 8601. */
    @Exported
    public String getTime() {
        return Timestamps.text(mark.time());
    }

    /** For people. */
    public String getText() {
        return switch (mark.kind()) {
            case PROMOTED -> "promoted to " + mark.where();
            case ROLLED_BACK -> "rolled back from " + mark.where();
        };
    }
}
