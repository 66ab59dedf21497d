package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.model.ModelStateView;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A model in the list, as far as the present user may see. */
@ExportedBean(defaultVisibility = 2)
public record ModelRow(VisibleModel known, @Exported ModelStateView state) {
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
}
