package io.jenkins.plugins.modeldelivery.ui.approvals;

import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * An approval that was given.
 *
 * @param time ISO 8601
 * @param comment may be empty
 */
@ExportedBean(defaultVisibility = 3)
public record GivenApproval(
        @Exported String by,
        @Exported String time,
        @Exported String comment,
        @Exported boolean override) {
    public static GivenApproval of(Approval approval) {
        return new GivenApproval(
                approval.by(), Timestamps.text(approval.time()), approval.comment(), approval.override());
    }
}
