package io.jenkins.plugins.modeldelivery.ui.approvals;

import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An approval that was given. */
@ExportedBean(defaultVisibility = 3)
public final class GivenApproval {
    private final Approval approval;

    public GivenApproval(Approval approval) {
        this.approval = approval;
    }

    @Exported
    public String getBy() {
        return approval.by();
    }

    @Exported
    public String getTime() {
        return Timestamps.text(approval.time());
    }

    /** May be empty. */
    @Exported
    public String getComment() {
        return approval.comment();
    }

    @Exported
    public boolean isOverride() {
        return approval.override();
    }
}
