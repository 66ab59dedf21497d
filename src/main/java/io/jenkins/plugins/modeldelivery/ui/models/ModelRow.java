package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.model.ModelStateView;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * A model in the list, as far as the present user may see.
 *
 * @param path of its page, relative to Jenkins' root
 * @param newest when the newest event was written
 */
@ExportedBean(defaultVisibility = 2)
public record ModelRow(
        @Exported String model,
        @Exported String registry,
        @Exported String path,
        @Exported String newest,
        @Exported ModelStateView state) {
    static ModelRow of(VisibleModel known, ModelStateView state) {
        return new ModelRow(
                known.model(),
                known.registry(),
                ModelLinks.model(known.registry(), known.model()),
                Timestamps.text(known.newest()),
                state);
    }
}
