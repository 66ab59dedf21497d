package io.jenkins.plugins.modeldelivery.ui.event;

import io.jenkins.plugins.modeldelivery.build.provenance.RecordedBuild;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The build of an event. */
@ExportedBean(defaultVisibility = 3)
public final class BuildView {
    private final RecordedBuild build;

    private BuildView(RecordedBuild build) {
        this.build = build;
    }

    /** Null if it happened in no build. */
    public static BuildView of(Event event) {
        return RecordedBuild.of(event).map(BuildView::new).orElse(null);
    }

    @Exported
    public String getName() {
        return build.name();
    }

    /** Relative to Jenkins' root, with a slash at the end; null if the build is gone. */
    @Exported
    public String getPath() {
        return build.path().orElse(null);
    }
}
