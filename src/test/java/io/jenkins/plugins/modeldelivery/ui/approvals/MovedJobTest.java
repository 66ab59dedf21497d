package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Items;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import jenkins.model.Jenkins;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * A promotion that waits while its job or a folder of it gets another name or another place. Jenkins' pages do not rename what
 * is building; moving it, Job DSL and scripts do.
 */
class MovedJobTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private enum Change {
        JOB_RENAMED("team/other") {
            @Override
            void make(Folder folder, WorkflowJob job) throws Exception {
                job.renameTo("other");
            }
        },
        JOB_MOVED("elsewhere/training") {
            @Override
            void make(Folder folder, WorkflowJob job) throws Exception {
                Items.move(job, elsewhere());
            }
        },
        FOLDER_RENAMED("group/training") {
            @Override
            void make(Folder folder, WorkflowJob job) throws Exception {
                folder.renameTo("group");
            }
        },
        FOLDER_MOVED("elsewhere/team/training") {
            @Override
            void make(Folder folder, WorkflowJob job) throws Exception {
                Items.move(folder, elsewhere());
            }
        };

        private final String name;

        Change(String name) {
            this.name = name;
        }

        abstract void make(Folder folder, WorkflowJob job) throws Exception;

        private static Folder elsewhere() throws Exception {
            return Jenkins.get().createProject(Folder.class, "elsewhere");
        }
    }

    private WorkflowRun waiting(JenkinsRule jenkins, Change change, int approvals) throws Exception {
        Approving.people(jenkins);
        Approving.policy(directory, approvals, "group:ml-leads");
        Folder folder = jenkins.createProject(Folder.class, "team");
        WorkflowJob job = folder.createProject(WorkflowJob.class, "training");
        job.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
        WorkflowRun run = Approving.waiting(jenkins, job, "ann");
        // Jenkins writes what it notes at a step to where the build was when it began; what is not written before is
        // lost.
        Until.within(90, () -> ApprovalWaitTest.pauses(run).contains(true), () -> "it is not paused");
        Path before = run.getRootDir().toPath();
        change.make(folder, job);
        assertThat(job.getFullName()).isEqualTo(change.name);
        assertThat(before).doesNotExist();
        assertThat(run.getRootDir().toPath().resolve("model-delivery")).isDirectory();
        return run;
    }

    private static WorkflowRun run(Change change) {
        return Jenkins.get().getItemByFullName(change.name, WorkflowJob.class).getBuildByNumber(1);
    }

    /** From the list to the build's page, and there. */
    private static void send(JenkinsRule jenkins, Change change, String user, String deed, String comment)
            throws Exception {
        HtmlPage list = jenkins.createWebClient().login(user).goTo("model-approvals/");
        assertThat(list.getByXPath("//table[@id='model-approvals']/tbody/tr")).hasSize(1);
        HtmlPage page = list.getAnchorByText(run(change).getFullDisplayName()).click();
        assertThat(page.getUrl().toString()).endsWith(run(change).getUrl() + "model-delivery/");
        assertThat(page.asNormalizedText()).contains("churn/1 waits for approval to become champion");
        String id = ApiClient.of(jenkins, user)
                .get(run(change).getUrl() + "model-delivery/api/json")
                .json()
                .path("waiting")
                .path(0)
                .path("id")
                .asText();
        assertThat(ApiClient.of(jenkins, user)
                        .form(
                                run(change).getUrl() + "model-delivery/approvals/" + id + "/" + deed,
                                "comment=" + comment)
                        .text())
                .contains("\"by\":\"" + user + "\"");
    }

    @ParameterizedTest
    @EnumSource
    void itIsListedUnderItsNewNameAndEndsWithAnApproval(Change change) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = waiting(jenkins, change, 2);
            send(jenkins, change, "ben", "approve", "one");
            send(jenkins, change, "carl", "approve", "two");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(Approving.events()).endsWith("approved", "approved", "alias-move-started", "promoted");
            assertThat(Approving.details("approved").path("comment").asText()).isEqualTo("two");
            assertThat(PendingApprovals.get().all()).isEmpty();
            assertThat(ApiClient.of(jenkins, "ben")
                            .get(run.getUrl() + "model-delivery/")
                            .text())
                    .contains("churn/1 is now champion");
        });
    }

    @ParameterizedTest
    @EnumSource
    void itGoesOnAfterARestartAndTheApprovalFromBeforeCounts(Change change) throws Throwable {
        sessions.then(jenkins -> {
            waiting(jenkins, change, 2);
            send(jenkins, change, "ben", "approve", "before");
        });
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            Until.within(90, () -> !PendingApprovals.get().all().isEmpty(), () -> log(change));
            send(jenkins, change, "carl", "approve", "after");
            WorkflowRun run = run(change);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(Approving.events()).endsWith("approved", "approved", "alias-move-started", "promoted");
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"JOB_RENAMED", "FOLDER_MOVED"})
    void itIsRefusedUnderItsNewName(Change change) throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = waiting(jenkins, change, 1);
            send(jenkins, change, "carl", "refuse", "not%20today");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            assertThat(Approving.details("approval-refused").path("comment").asText())
                    .isEqualTo("not today");
        });
    }

    private static String log(Change change) {
        try {
            return Files.readString(run(change).getRootDir().toPath().resolve("log"));
        } catch (Exception e) {
            return e.toString();
        }
    }
}
