package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.engine.history.trend.TrendBound;
import io.jenkins.plugins.modeldelivery.ui.gate.NumberFormats;
import java.math.BigDecimal;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What one check asked of a value. */
@ExportedBean(defaultVisibility = 4)
public final class BoundCell {
    private final TrendBound bound;

    BoundCell(TrendBound bound) {
        this.bound = bound;
    }

    /** Which bounds make one line, in words. */
    @Exported
    public String getLine() {
        return bound.line();
    }

    @Exported
    public String getCheck() {
        return bound.check();
    }

    /** Null if there was none. */
    @Exported
    public Double getBound() {
        return bound.bound().map(BigDecimal::doubleValue).orElse(null);
    }

    public String getText() {
        return bound.bound().map(NumberFormats::text).orElse("–");
    }
}
