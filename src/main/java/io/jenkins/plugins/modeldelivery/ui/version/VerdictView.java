package io.jenkins.plugins.modeldelivery.ui.version;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * The verdict of a gate on a version.
 *
 * @param verdict {@code PASSED}, {@code FAILED} or {@code INCONCLUSIVE}
 * @param gate empty if the checks belong to no gate with a name
 */
@ExportedBean(defaultVisibility = 3)
public record VerdictView(
        @Exported String verdict,
        @Exported String gate,
        @Exported String version,
        @Exported String time) {
    public static VerdictView of(Event gate) {
        return new VerdictView(
                gate.draft().details().path("verdict").asText(),
                gate.draft().details().path("gate").asText(),
                gate.draft().version().orElse(""),
                Timestamps.text(gate.time()));
    }

    public StatusMark getMark() {
        return StatusMark.ofVerdict(verdict);
    }
}
