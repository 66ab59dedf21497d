package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.actions.PauseAction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a promotion holds while it waits, and what it leaves when the wait ends. */
@WithJenkins
class ApprovalWaitTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "group:ml-leads");
    }

    /** Whether each pause of the build is still going on. */
    static List<Boolean> pauses(WorkflowRun run) {
        return new DepthFirstScanner()
                .allNodes(run.getExecution()).stream()
                        .filter(node -> node.getAction(PauseAction.class) != null)
                        .map(PauseAction::isPaused)
                        .toList();
    }

    private static ApiClient.Answer post(JenkinsRule jenkins, WorkflowRun run, String user, String deed)
            throws Exception {
        return ApiClient.of(jenkins, user)
                .form(run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/" + deed, "");
    }

    private void assertEnded(WorkflowRun run, Result result) throws Exception {
        jenkins.assertBuildStatus(result, jenkins.waitForCompletion(run));
        assertThat(pauses(run)).containsExactly(false);
        assertThat(PendingApprovals.get().all()).isEmpty();
    }

    @Test
    void noExecutorAndNoThreadWaits() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        Until.within(
                90,
                () -> Arrays.stream(jenkins.jenkins.getComputers()).allMatch(computer -> computer.countBusy() == 0),
                () -> "an executor is busy");
        Until.within(
                90,
                () -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().contains("Model Delivery")),
                () -> "a thread is left");
        assertThat(run.isBuilding()).isTrue();
        assertThat(PendingApprovals.get().of(run)).hasSize(1);
        post(jenkins, run, "ben", "approve");
        assertEnded(run, Result.SUCCESS);
    }

    @Test
    void thePauseEndsWithAnApproval() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        Until.within(90, () -> pauses(run).equals(List.of(true)), () -> "it is not paused");
        post(jenkins, run, "ben", "approve");
        assertEnded(run, Result.SUCCESS);
    }

    @Test
    void thePauseEndsWithARefusal() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        post(jenkins, run, "carl", "refuse");
        assertEnded(run, Result.FAILURE);
    }

    @Test
    void theStepsTimeOutExpiresIt() throws Exception {
        String script = Approving.SCRIPT.replace("to: 'champion'", "to: 'champion', timeout: '3s'");
        WorkflowRun run = Approving.waiting(jenkins, Approving.job(jenkins, script), "ann");
        assertEnded(run, Result.FAILURE);
        jenkins.assertLogContains("churn/1 may not become champion: the approvals expired at", run);
        assertThat(Approving.events()).containsExactly("registered", "approval-requested", "approval-expired");
    }

    @Test
    void whoAbortsTheBuildCancelsItAndTheRecordSaysSo() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        run.doStop();
        assertEnded(run, Result.ABORTED);
        assertThat(Approving.events()).containsExactly("registered", "approval-requested", "approval-cancelled");
    }

    @Test
    void whatWasCancelledIsAskedForAnewWhenItsStepIsRunAgain() throws Exception {
        WorkflowRun run = Approving.waiting(
                jenkins,
                Approving.job(
                        jenkins,
                        Approving.SCRIPT.replace(
                                "promoteModel to: 'champion'",
                                "try { timeout(time: 3, unit: 'SECONDS') { promoteModel to: 'champion' } }"
                                        + " catch (e) { echo 'again' }\npromoteModel to: 'champion'")),
                "ann");
        jenkins.waitForMessage("again", run);
        Until.within(
                90,
                () -> JenkinsRule.getLog(run).split("waiting      for approval of").length == 3,
                () -> JenkinsRule.getLog(run));
        assertThat(Approving.events())
                .containsExactly("registered", "approval-requested", "approval-cancelled", "approval-requested");
        post(jenkins, run, "ben", "approve");
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(pauses(run)).containsExactly(false, false);
    }

    @Test
    void aDeliveryIsPausedOnlyWhileItWaitsForPeople() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins, Approving.job(jenkins, """
                        node {
                            writeFile file: 'weights', text: 'w'
                            writeFile file: 'delivery.yaml',
                                text: 'register: {name: churn, path: weights}\\npromote: {to: champion}'
                            deliverModel()
                        }
                        """), "ann");
        assertThat(PendingApprovals.get()
                        .of(run)
                        .get(0)
                        .description()
                        .path("version")
                        .asText())
                .isEqualTo("1");
        post(jenkins, run, "ben", "approve");
        assertEnded(run, Result.SUCCESS);
        assertThat(Approving.events())
                .containsExactly("registered", "approval-requested", "approved", "alias-move-started", "promoted");
    }
}
