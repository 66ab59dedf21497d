package io.jenkins.plugins.modeldelivery.ui.version;

import io.jenkins.plugins.modeldelivery.engine.history.PromotionAttempt;
import io.jenkins.plugins.modeldelivery.ui.RuleLine;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a version came by an alias, or did not. */
@ExportedBean(defaultVisibility = 2)
public final class PromotionAttemptView {
    private final PromotionAttempt admission;

    PromotionAttemptView(PromotionAttempt admission) {
        this.admission = admission;
    }

    @Exported
    public EventStatement getSaid() {
        return EventStatement.of(admission.outcome());
    }

    @Exported
    public String getRequester() {
        return admission.requester();
    }

    /** Null if no policy decided. */
    @Exported
    public String getPolicyDigest() {
        return admission.policyDigest().orElse(null);
    }

    @Exported
    public List<RuleLine> getRules() {
        return RuleLine.of(admission.rules());
    }

    @Exported
    public List<EventStatement> getVotes() {
        return admission.votes().stream().map(EventStatement::of).toList();
    }
}
