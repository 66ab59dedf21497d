package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.ExtensionList;
import hudson.model.Result;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryThreads;
import io.jenkins.plugins.modeldelivery.build.runtime.ThreadLane;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What people say to a promotion after a restart, before its step goes on. */
class ApprovalBeforeResumptionTest {
    private static final String DELIVERY = """
            node {
                writeFile file: 'weights', text: 'w'
                writeFile file: 'delivery.yaml',
                    text: 'register: {name: churn, path: weights}\\npromote: {to: champion}'
                deliverModel()
            }
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private String build;
    private String id;

    /** Keeps all steps from going on where there is a job already, until it lets them go. */
    @TestExtension({
        "approvalsAreTakenUnderTheSameRulesAndCount",
        "theLastApprovalThatIsMissingLetsItGoOn",
        "aRefusalIsKeptWithItsCommentAndEndsThePromotion"
    })
    public static final class Holding extends ItemListener {
        private final CountDownLatch latch = new CountDownLatch(1);

        @Override
        public void onLoaded() {
            for (int i = 0; !Jenkins.get().getItems().isEmpty() && i < 100; i++) {
                DeliveryThreads.get().run(this::await, ThreadLane.beginning(OperationType.PROMOTE));
                DeliveryThreads.get().run(this::await, ThreadLane.beginning(OperationType.DELIVER));
            }
        }

        private void await() {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        static void letGo() {
            ExtensionList.lookupSingleton(Holding.class).latch.countDown();
        }
    }

    private void waiting(JenkinsRule jenkins, String script, int approvals) throws Exception {
        Approving.people(jenkins);
        Approving.policy(directory, approvals, "group:ml-leads");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "training");
        job.setDefinition(new CpsFlowDefinition(script, true));
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        build = run.getUrl() + "model-delivery/";
        id = Approving.id(run);
    }

    private ApiClient.Answer send(JenkinsRule jenkins, String user, String deed, String comment) throws Exception {
        return ApiClient.of(jenkins, user).form(build + "approvals/" + id + "/" + deed, "comment=" + comment);
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("training", WorkflowJob.class).getBuildByNumber(1);
    }

    private JsonNode waitingOnItsPage(JenkinsRule jenkins, String user) throws Exception {
        return ApiClient.of(jenkins, user).get(build + "api/json").json().path("waiting");
    }

    @ParameterizedTest
    @ValueSource(strings = {Approving.SCRIPT, DELIVERY})
    void approvalsAreTakenUnderTheSameRulesAndCount(String script) throws Throwable {
        sessions.then(jenkins -> {
            waiting(jenkins, script, 3);
            assertThat(send(jenkins, "ben", "approve", "before").status()).isEqualTo(200);
        });
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            assertThat(send(jenkins, "carl", "approve", "first").status()).isEqualTo(200);
            assertThat(send(jenkins, "carl", "approve", "").error()).isEqualTo("You have already approved.");
            assertThat(send(jenkins, "ben", "approve", "").error()).isEqualTo("You have already approved.");
            assertThat(send(jenkins, "ann", "approve", "").status()).isEqualTo(403);
            assertThat(send(jenkins, "reader", "refuse", "").status()).isEqualTo(403);
            assertThat(PendingApprovals.get().all()).as("its step goes on").isEmpty();
            JsonNode waiting = waitingOnItsPage(jenkins, "ben").path(0);
            assertThat(waiting.path("model").asText() + "/"
                            + waiting.path("version").asText() + " "
                            + waiting.path("registry").asText() + " "
                            + waiting.path("alias").asText())
                    .isEqualTo("churn/1 main champion");
            assertThat(waiting.path("approvals").findValuesAsText("comment")).containsExactly("before", "first");
            assertThat(waiting.path("requester").asText()).isEqualTo("ann");
            assertThat(waiting.path("rules")).isNotEmpty();
            Holding.letGo();
            Until.within(90, () -> !PendingApprovals.get().all().isEmpty(), () -> JenkinsRule.getLog(run(jenkins)));
            assertThat(waitingOnItsPage(jenkins, "ben")).hasSize(1);
            assertThat(send(jenkins, "administrator", "override", "enough").status())
                    .isEqualTo(200);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins)));
            assertThat(Approving.events())
                    .containsExactly(
                            "registered",
                            "approval-requested",
                            "approved",
                            "approved",
                            "approved",
                            "alias-move-started",
                            "promoted");
        });
    }

    @Test
    void theLastApprovalThatIsMissingLetsItGoOn() throws Throwable {
        sessions.then(jenkins -> waiting(jenkins, Approving.SCRIPT, 1));
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            assertThat(send(jenkins, "ben", "approve", "as%20it%20stands").status())
                    .isEqualTo(200);
            assertThat(PendingApprovals.get().all()).as("its step goes on").isEmpty();
            Holding.letGo();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins)));
            assertThat(Approving.details("approved").path("comment").asText()).isEqualTo("as it stands");
            assertThat(send(jenkins, "carl", "approve", "").status()).isEqualTo(409);
        });
    }

    @Test
    void aRefusalIsKeptWithItsCommentAndEndsThePromotion() throws Throwable {
        sessions.then(jenkins -> {
            waiting(jenkins, Approving.SCRIPT, 2);
            send(jenkins, "carl", "approve", "fine");
        });
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            assertThat(send(jenkins, "ben", "refuse", "not%20on%20a%20Friday").status())
                    .isEqualTo(200);
            assertThat(PendingApprovals.get().all()).as("its step goes on").isEmpty();
            assertThat(send(jenkins, "carl", "refuse", "").status())
                    .as("it was already refused")
                    .isEqualTo(409);
            assertThat(waitingOnItsPage(jenkins, "ben")).isEmpty();
            Holding.letGo();
            WorkflowRun run = run(jenkins);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("ben refused that churn/1 becomes champion: \"not on a Friday\"", run);
        });
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            assertThat(Approving.events())
                    .containsExactly("registered", "approval-requested", "approved", "approval-refused");
            assertThat(Approving.details("approved").path("comment").asText()).isEqualTo("fine");
            assertThat(Approving.details("approval-refused").path("by").asText())
                    .isEqualTo("ben");
            assertThat(Approving.details("approval-refused").path("comment").asText())
                    .isEqualTo("not on a Friday");
            assertThat(ApiClient.of(jenkins, "ben").get(build).text()).contains("not on a Friday");
            assertThat(ApiClient.of(jenkins, "ben")
                            .get("models/registry/main/churn/")
                            .text())
                    .contains("fine", "not on a Friday");
        });
    }

    /** Nothing is held: wherever the step is when the request comes, it counts. */
    @Test
    void theVeryFirstRequestAfterARestartCounts() throws Throwable {
        sessions.then(jenkins -> waiting(jenkins, Approving.SCRIPT, 1));
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            assertThat(send(jenkins, "ben", "approve", "").text()).contains("\"result\":\"approved\"");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run(jenkins)));
            assertThat(Approving.events()).endsWith("approved", "alias-move-started", "promoted");
        });
    }
}
