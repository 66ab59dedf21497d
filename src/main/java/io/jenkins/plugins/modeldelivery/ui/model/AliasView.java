package io.jenkins.plugins.modeldelivery.ui.model;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import io.jenkins.plugins.modeldelivery.ui.event.BuildView;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An alias and who bears it. */
@ExportedBean(defaultVisibility = 3)
public final class AliasView {
    private final AliasTarget bearer;

    AliasView(AliasTarget bearer) {
        this.bearer = bearer;
    }

    @Exported
    public String getAlias() {
        return bearer.alias();
    }

    /** Null if nobody bears it. */
    @Exported
    public String getVersion() {
        return bearer.version().orElse(null);
    }

    @Exported
    public String getSince() {
        return Timestamps.text(bearer.since());
    }

    public String getSinceText() {
        return Timestamps.forPeople(bearer.since());
    }

    /** Who moved it. */
    @Exported
    public String getBy() {
        return bearer.move().draft().actor();
    }

    public BuildView getBuild() {
        return BuildView.of(bearer.move());
    }
}
