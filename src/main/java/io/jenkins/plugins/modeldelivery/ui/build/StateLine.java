package io.jenkins.plugins.modeldelivery.ui.build;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.engine.journal.StateTransition;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import java.time.Duration;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A state that a rollout has entered. */
@ExportedBean(defaultVisibility = 4)
public final class StateLine {
    private final StateTransition entered;
    private final StateTransition next;

    StateLine(StateTransition entered, @CheckForNull StateTransition next) {
        this.entered = entered;
        this.next = next;
    }

    /** As the journal names it. */
    @Exported
    public String getState() {
        return entered.state();
    }

    public String getText() {
        return StateLabels.of(OperationType.DEPLOY, entered.state());
    }

    /** ISO 8601. */
    @Exported
    public String getTime() {
        return Timestamps.text(entered.time());
    }

    /** How long it lasted, in milliseconds; null for the last one. */
    @Exported
    public Long getMillis() {
        return next == null
                ? null
                : Math.max(0, Duration.between(entered.time(), next.time()).toMillis());
    }

    public String getTook() {
        Long millis = getMillis();
        if (millis == null) {
            return "";
        }
        return millis < 1000 ? millis + " ms" : hudson.Util.getTimeSpanString(millis);
    }
}
