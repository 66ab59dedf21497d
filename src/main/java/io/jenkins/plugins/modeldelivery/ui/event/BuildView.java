package io.jenkins.plugins.modeldelivery.ui.event;

import io.jenkins.plugins.modeldelivery.build.provenance.RecordedBuild;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The build of an event.
 *
 * @param path relative to Jenkins' root, with a slash at the end; null if the build is gone
 */
@ExportedBean(defaultVisibility = 3)
public record BuildView(@Exported String name, @Exported String path) {
    /** Null if it happened in no build. */
    public static BuildView of(Event event) {
        return RecordedBuild.of(event)
                .map(build -> new BuildView(build.name(), build.path().orElse(null)))
                .orElse(null);
    }
}
