package io.jenkins.plugins.modeldelivery.scm;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.CauseAction;
import hudson.model.User;
import hudson.plugins.git.GitSCM;
import hudson.tasks.Mailer;
import hudson.triggers.SCMTrigger;
import io.jenkins.plugins.modeldelivery.ui.approvals.ApiClient;
import io.jenkins.plugins.modeldelivery.ui.approvals.Approving;
import java.nio.file.Path;
import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Authors and committers of a change cannot approve it, under any of their Git names. */
@WithJenkins
@Timeout(240)
class CommitterApprovalTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private GitRepository repository;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "group:ml-leads");
        repository = new GitRepository(directory.resolve("repository"));
        repository.commit(Map.of("weights", "first"));
    }

    @AfterEach
    void forbidAgain() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    private ApiClient.Answer approve(WorkflowRun run, String user) throws Exception {
        return ApiClient.of(jenkins, user)
                .form(run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/approve", "");
    }

    /** Ben signed in as ben and entered his mail address; Git has another name for this address. */
    @ParameterizedTest
    @CsvSource({"benjamin, grace", "grace, benjamin"})
    void aMailAddressOfACommitBelongsToWhoeverHasItInJenkins(String author, String committer) throws Exception {
        jenkins.createWebClient().login("ben");
        User.getById("ben", false).addProperty(new Mailer.UserProperty("Benjamin@example.com"));
        WorkflowJob job = Approving.job(jenkins, """
                node {
                    checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '%s']])
                    registerModel name: 'churn', path: 'weights'
                }
                if (env.BUILD_NUMBER != '1') { promoteModel to: 'champion' }
                """.formatted(repository.url()));
        jenkins.buildAndAssertSuccess(job);
        repository.commit(author, committer, Map.of("weights", "second"));
        WorkflowRun run = job.scheduleBuild2(0, new CauseAction(new SCMTrigger.SCMTriggerCause("polled")))
                .waitForStart();
        jenkins.waitForMessage("waiting      for approval of churn/", run);
        ApiClient.Answer ben = approve(run, "ben");
        assertThat(ben.status()).isEqualTo(403);
        assertThat(ben.error())
                .isEqualTo("You committed changes of this version. The policy requires the approval of another user.");
        assertThat(approve(run, "carl").status()).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }
}
