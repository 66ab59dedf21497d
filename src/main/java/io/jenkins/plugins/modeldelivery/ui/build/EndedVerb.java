package io.jenkins.plugins.modeldelivery.ui.build;

import io.jenkins.plugins.modeldelivery.run.Outcome;
import io.jenkins.plugins.modeldelivery.ui.Times;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a verb came to. */
@ExportedBean(defaultVisibility = 2)
public final class EndedVerb {
    private final Outcome outcome;

    EndedVerb(Outcome outcome) {
        this.outcome = outcome;
    }

    /** As Jenkinsfiles name it. */
    @Exported
    public String getStep() {
        return outcome.verb().step();
    }

    /** {@code SUCCESS}, {@code UNSTABLE} or {@code FAILURE}: what it does to the build. */
    @Exported
    public String getEffect() {
        return outcome.effect().name();
    }

    @Exported
    public String getSummary() {
        return outcome.summary();
    }

    /** ISO 8601. */
    @Exported
    public String getTime() {
        return Times.text(outcome.time());
    }
}
