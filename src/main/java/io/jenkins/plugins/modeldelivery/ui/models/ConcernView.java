package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.history.Concern;
import io.jenkins.plugins.modeldelivery.ui.Mark;
import java.util.Locale;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Why somebody should look at a model, and what to do then. */
@ExportedBean(defaultVisibility = 3)
public final class ConcernView {
    private final Concern concern;

    ConcernView(Concern concern) {
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
    public Mark getMark() {
        String text = concern.text().substring(0, 1).toUpperCase(Locale.ROOT)
                + concern.text().substring(1);
        return switch (concern) {
            case GATE_INCONCLUSIVE -> Mark.unsure(text);
            case EVIDENCE_EXPIRED, SERVES_OTHER_VERSION -> Mark.warning(text);
            default -> Mark.bad(text);
        };
    }
}
