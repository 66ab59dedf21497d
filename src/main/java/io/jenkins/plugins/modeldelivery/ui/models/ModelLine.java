package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.run.KnownModel;
import io.jenkins.plugins.modeldelivery.ui.Times;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A model in the list, as far as the present user may see. */
@ExportedBean(defaultVisibility = 2)
public final class ModelLine {
    private final KnownModel known;
    private final StateView state;

    ModelLine(KnownModel known, ModelSummary summary, List<WaitingView> waiting) {
        this.known = known;
        this.state = new StateView(summary, waiting);
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
        return Links.model(known.registry(), known.model());
    }

    @Exported
    public String getNewest() {
        return Times.text(known.newest());
    }

    public String getNewestText() {
        return Times.forPeople(known.newest());
    }

    @Exported
    public StateView getState() {
        return state;
    }
}
