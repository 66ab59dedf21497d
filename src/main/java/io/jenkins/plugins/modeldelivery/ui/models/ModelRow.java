package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.model.ModelStateView;
import io.jenkins.plugins.modeldelivery.ui.model.WaitingView;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A model in the list, as far as the present user may see. */
@ExportedBean(defaultVisibility = 2)
public final class ModelRow {
    private final VisibleModel known;
    private final ModelStateView state;

    ModelRow(VisibleModel known, ModelSummary summary, List<WaitingView> waiting) {
        this.known = known;
        this.state = new ModelStateView(summary, waiting);
    }

    @Exported
    public String getModel() {
        return known.model();
    }

    @Exported
    public String getRegistry() {
        return known.registry();
    }

    /** Of its page, relative to Jenkins' root. */
    @Exported
    public String getPath() {
        return ModelLinks.model(known.registry(), known.model());
    }

    @Exported
    public String getNewest() {
        return Timestamps.text(known.newest());
    }

    public String getNewestText() {
        return Timestamps.forPeople(known.newest());
    }

    @Exported
    public ModelStateView getState() {
        return state;
    }
}
