package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.ui.Mark;
import io.jenkins.plugins.modeldelivery.ui.Times;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a gate said of a version. */
@ExportedBean(defaultVisibility = 3)
public final class VerdictView {
    private final Event gate;

    VerdictView(Event gate) {
        this.gate = gate;
    }

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
        return Times.text(gate.time());
    }

    public String getTimeText() {
        return Times.forPeople(gate.time());
    }

    public Mark getMark() {
        return switch (getVerdict()) {
            case "PASSED" -> Mark.good("passed");
            case "FAILED" -> Mark.bad("failed");
            default -> Mark.unsure("inconclusive");
        };
    }
}
