package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A model that a trend can be of. */
@ExportedBean(defaultVisibility = 2)
public final class ModelChoice {
    private final VisibleModel model;
    private final boolean shown;

    ModelChoice(VisibleModel model, boolean shown) {
        this.model = model;
        this.shown = shown;
    }

    /** Configured name. */
    @Exported
    public String getRegistry() {
        return model.registry();
    }

    @Exported
    public String getModel() {
        return model.model();
    }

    @Exported
    public boolean isShown() {
        return shown;
    }
}
