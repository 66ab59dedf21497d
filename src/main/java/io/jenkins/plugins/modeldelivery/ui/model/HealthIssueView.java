package io.jenkins.plugins.modeldelivery.ui.model;

import io.jenkins.plugins.modeldelivery.engine.history.HealthIssue;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Why somebody should look at a model, and what to do then. */
@ExportedBean(defaultVisibility = 3)
public final class HealthIssueView {
    private final HealthIssue concern;

    HealthIssueView(HealthIssue concern) {
        this.concern = concern;
    }

    @Exported
    public String getName() {
        return concern.name();
    }

    @Exported
    public String getText() {
        return concern.text();
    }

    /** A sentence. */
    @Exported
    public String getAdvice() {
        return concern.advice();
    }

    /** Uncertain verdicts and old evidence ask for a look; everything else is wrong. */
    public StatusMark getMark() {
        String text = concern.text().substring(0, 1).toUpperCase(Locale.ROOT)
                + concern.text().substring(1);
        return switch (concern) {
            case GATE_INCONCLUSIVE -> StatusMark.unsure(text);
            case EVIDENCE_EXPIRED, SERVES_OTHER_VERSION -> StatusMark.warning(text);
            default -> StatusMark.bad(text);
        };
    }
}
