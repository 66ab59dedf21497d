package io.jenkins.plugins.modeldelivery.scm;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.User;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.tasks.Mailer;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the Git plugin's own notes say of a build's code, outside multibranch projects. */
@WithJenkins
@Timeout(240)
class GitCheckoutTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private GitRepository repository;
    private String commit;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        repository = new GitRepository(directory.resolve("repository"));
        commit = repository.commit(Map.of("Jenkinsfile", "node { checkout scm }", "model/weights", "weights"));
    }

    @AfterEach
    void forbidAgain() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    private GitSCM scm(String refspec, String branch) {
        return new GitSCM(
                List.of(new UserRemoteConfig(repository.url(), null, refspec, null)),
                List.of(new BranchSpec(branch)),
                null,
                null,
                List.of());
    }

    private Run<?, ?> freestyle(GitSCM scm) throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(scm);
        return jenkins.buildAndAssertSuccess(job);
    }

    private static CodeOrigin origin(Run<?, ?> run) {
        return CodeOrigin.of(run, TaskListener.NULL);
    }

    private CodeOrigin whole() {
        return new CodeOrigin(CodeKind.OWN, Optional.of("main"), Optional.of(commit), Optional.of(repository.url()));
    }

    @Test
    void aFreestyleJobsSourceControlSaysBranchCommitAndRepository() throws Exception {
        assertThat(origin(freestyle(scm(null, "*/main")))).isEqualTo(whole());
        assertThat(origin(freestyle(scm("+refs/heads/*:refs/remotes/origin/*", "refs/heads/main"))))
                .isEqualTo(whole());
    }

    @Test
    void aScriptFromSourceControlIsOfThatBranch() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsScmFlowDefinition(scm(null, "*/main"), "Jenkinsfile"));
        assertThat(origin(jenkins.buildAndAssertSuccess(job))).isEqualTo(whole());
    }

    /** It could name a change request as if it were a branch. */
    @Test
    void aRefspecThatRenamesBranchesLeavesTheBranchUnknown() throws Exception {
        repository.branch("feature");
        repository.commit(Map.of("model/weights", "other"));
        Run<?, ?> run = freestyle(scm("+refs/heads/feature:refs/remotes/origin/main", "origin/main"));
        assertThat(origin(run).branch()).isEmpty();
        assertThat(origin(run).commit()).isPresent();
    }

    @Test
    void aTagOrACommitIsNoBranch() throws Exception {
        repository.tag("v1");
        assertThat(origin(freestyle(scm(null, "refs/tags/v1"))).branch()).isEmpty();
        assertThat(origin(freestyle(scm(null, commit))).branch()).isEmpty();
    }

    @Test
    void ofWhatAScriptChecksOutOnlyTheCommitIsKnown() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node { checkout scmGit(branches: [[name: 'main']], userRemoteConfigs: [[url: '" + repository.url()
                        + "']]) }",
                true));
        assertThat(origin(jenkins.buildAndAssertSuccess(job)))
                .isEqualTo(new CodeOrigin(CodeKind.OWN, Optional.empty(), Optional.of(commit), Optional.empty()));
    }

    @Test
    void whatOnlyTheEnvironmentSaysIsMarkedAsClaimed() throws Exception {
        Delivery.configure(directory);
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'model/weights', text: 'weights'
                    withEnv(['GIT_COMMIT=c0ffee', 'BRANCH_NAME=main', 'GIT_BRANCH=origin/main', 'GIT_URL=https://x.example/y']) {
                        registerModel name: 'churn', path: 'model'
                    }
                }
                """, true));
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.buildAndAssertSuccess(job));
        var tags = DeliveryRuntime.records()
                .events("main", "churn")
                .get(0)
                .draft()
                .details()
                .path("tags");
        assertThat(tags.path(Tags.COMMIT).asText()).isEqualTo("c0ffee");
        assertThat(tags.path(Tags.CLAIMED).asText()).isEqualTo("commit");
        assertThat(tags.has(Tags.BRANCH) || tags.has(Tags.REPOSITORY)).isFalse();
    }

    /** {@code git commit --author}: the author may be any name, the committer made the change. */
    @Test
    void authorsAndCommittersBroughtAChangeAndWhoeverHasTheirAddress() throws Exception {
        User ann = User.getById("ann", true);
        ann.addProperty(new Mailer.UserProperty("mallory@example.com"));
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.setScm(scm(null, "*/main"));
        jenkins.buildAndAssertSuccess(job);
        repository.commit("grace", "mallory", Map.of("model/weights", "other"));
        assertThat(ChangeAuthors.of(jenkins.buildAndAssertSuccess(job)))
                .contains("ann", "grace@example.com", "mallory@example.com");
        assertThat(ChangeAuthors.of(jenkins.buildAndAssertSuccess(job))).isEmpty();
    }
}
