package io.jenkins.plugins.modeldelivery.ui.model;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.event.BuildView;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An alias and the version that it points to. */
@ExportedBean(defaultVisibility = 3)
public final class AliasView {
    private final AliasTarget target;

    AliasView(AliasTarget target) {
        this.target = target;
    }

    @Exported
    public String getAlias() {
        return target.alias();
    }

    /** Null if nobody has it. */
    @Exported
    public String getVersion() {
        return target.version().orElse(null);
    }

    @Exported
    public String getSince() {
        return Timestamps.text(target.since());
    }

    public String getSinceText() {
        return Timestamps.forPeople(target.since());
    }

    /** Who moved it. */
    @Exported
    public String getBy() {
        return target.move().draft().actor();
    }

    public BuildView getBuild() {
        return BuildView.of(target.move());
    }
}
