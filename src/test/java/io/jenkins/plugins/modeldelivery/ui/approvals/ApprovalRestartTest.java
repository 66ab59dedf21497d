package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A promotion that waits across restarts of the controller. */
class ApprovalRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private String path;
    private String since;

    @Test
    void approvalsFromBeforeAndAfterARestartCountTogether() throws Throwable {
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            Approving.policy(directory, 2, "group:ml-leads");
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "training");
            job.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
            WorkflowRun run = Approving.waiting(jenkins, job, "ann");
            path = run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/approve";
            since = new WaitingPromotion(PendingApprovals.get().of(run).get(0)).getSince();
            assertThat(ApiClient.of(jenkins, "ben").form(path, "comment=before").status())
                    .isEqualTo(200);
        });
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("training", WorkflowJob.class)
                    .getBuildByNumber(1);
            Until.within(90, () -> !PendingApprovals.get().of(run).isEmpty(), () -> "nobody waits");
            WaitingPromotion waiting =
                    new WaitingPromotion(PendingApprovals.get().of(run).get(0));
            assertThat(waiting.getSince()).isEqualTo(since);
            assertThat(waiting.getApprovals())
                    .singleElement()
                    .satisfies(given -> assertThat(given.comment()).isEqualTo("before"));
            Until.within(90, () -> ApprovalWaitTest.pauses(run).contains(true), () -> "it is not paused");
            assertThat(ApiClient.of(jenkins, "ben").form(path, "").status()).isEqualTo(403);
            assertThat(ApiClient.of(jenkins, "carl").form(path, "comment=after").status())
                    .isEqualTo(200);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(ApprovalWaitTest.pauses(run)).containsExactly(false);
            assertThat(Approving.events())
                    .containsExactly(
                            "registered",
                            "approval-requested",
                            "approved",
                            "approved",
                            "alias-move-started",
                            "promoted");
            assertThat(PendingApprovals.get().all()).isEmpty();
        });
    }
}
