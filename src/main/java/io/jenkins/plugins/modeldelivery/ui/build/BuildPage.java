package io.jenkins.plugins.modeldelivery.ui.build;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.operation.BuildOutcomes;
import io.jenkins.plugins.modeldelivery.ui.BuildActionFactory;
import io.jenkins.plugins.modeldelivery.ui.approvals.ApprovalActions;
import io.jenkins.plugins.modeldelivery.ui.approvals.ApprovalComment;
import io.jenkins.plugins.modeldelivery.ui.approvals.WaitingPromotion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build delivers: what has ended, and what waits for people. */
@ExportedBean
public final class BuildPage implements Action {
    private final Run<?, ?> run;

    BuildPage(Run<?, ?> run) {
        this.run = run;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** All that were begun, in that order. */
    @Exported
    public List<OperationSection> getOperations() {
        run.checkPermission(Item.READ);
        Map<String, PendingApproval> waiting = PendingApprovals.get().of(run).stream()
                .collect(Collectors.toMap(PendingApproval::id, Function.identity()));
        boolean building = run.isBuilding();
        return BuildOutcomes.begun(run).stream()
                .map(operation -> new OperationSection(
                        operation,
                        Optional.ofNullable(waiting.get(operation.id())).map(WaitingPromotion::new),
                        building))
                .toList();
    }

    /** In the order in which they were begun. */
    @Exported
    public List<WaitingPromotion> getWaiting() {
        run.checkPermission(Item.READ);
        return PendingApprovals.get().of(run).stream()
                .map(WaitingPromotion::new)
                .toList();
    }

    /** Whether what is shown may change by itself. */
    public boolean isLive() {
        return run.isBuilding();
    }

    /** The longest comment that a form takes, in characters. */
    public int getLongestComment() {
        return ApprovalComment.LONGEST;
    }

    /** Bound to {@code approvals/<id>}; never null: the request itself reports an id that does not exist. */
    public ApprovalActions getApprovals(String id) {
        run.checkPermission(Item.READ);
        return new ApprovalActions(run, id);
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getIconFileName() {
        return "symbol-rocket-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.BuildPage_modelDelivery();
    }

    @Override
    public String getUrlName() {
        return "model-delivery";
    }

    @Extension
    public static final class Factory extends BuildActionFactory {
        public Factory() {
            super(BuildPage.class, BuildPage::new);
        }
    }
}
