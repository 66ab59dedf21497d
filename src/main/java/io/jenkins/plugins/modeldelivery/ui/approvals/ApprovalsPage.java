package io.jenkins.plugins.modeldelivery.ui.approvals;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.RootAction;
import io.jenkins.plugins.modeldelivery.build.access.JobAccess;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * All promotions that wait for people. Its address is not that of the configuration below Manage Jenkins, since Jenkins looks
 * among these pages first there too.
 */
@Extension
@ExportedBean
public final class ApprovalsPage implements RootAction {
    /** Those of jobs that the user may read, the longest waiting first. */
    @Exported
    public List<WaitingPromotion> getWaiting() {
        return PendingApprovals.get().all().stream()
                .filter(approval -> JobAccess.mayRead(approval.run().getParent()))
                .map(WaitingPromotion::new)
                .sorted(Comparator.comparing(WaitingPromotion::since))
                .toList();
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-people-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ApprovalsPage_modelApprovals();
    }

    @Override
    public String getUrlName() {
        return "model-approvals";
    }
}
