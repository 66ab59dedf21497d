package io.jenkins.plugins.modeldelivery.ui.version;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a gate said of a version. */
@ExportedBean(defaultVisibility = 3)
public record VerdictView(Event gate) {
    /** {@code PASSED}, {@code FAILED} or {@code INCONCLUSIVE}. */
    @Exported
    public String getVerdict() {
        return gate.draft().details().path("verdict").asText();
    }

    /** Empty if the checks belong to no gate with a name. */
    @Exported
    public String getGate() {
        return gate.draft().details().path("gate").asText();
    }

    @Exported
    public String getVersion() {
        return gate.draft().version().orElse("");
    }

    @Exported
    public String getTime() {
        return Timestamps.text(gate.time());
    }

    public String getTimeText() {
        return Timestamps.forPeople(gate.time());
    }

    public StatusMark getMark() {
        return StatusMark.ofVerdict(getVerdict());
    }
}
