package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.engine.history.TrendMark;
import io.jenkins.plugins.modeldelivery.ui.Times;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What became of a version. */
@ExportedBean(defaultVisibility = 3)
public final class MarkCell {
    private final TrendMark mark;

    MarkCell(TrendMark mark) {
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
        return Times.text(mark.time());
    }

    /** For people. */
    public String getText() {
        return switch (mark.kind()) {
            case PROMOTED -> "promoted to " + mark.where();
            case ROLLED_BACK -> "rolled back from " + mark.where();
        };
    }
}
