package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.model.StringParameterValue;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Indirect ways to request a promotion. A user who used one of them cannot approve it. */
@WithJenkins
class NotRequesterTest {
    private static final String PROMOTE = "promoteModel model: 'churn/1', to: 'champion'";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "group:ml-leads\nuser:ann");
        ((MockAuthorizationStrategy) jenkins.jenkins.getAuthorizationStrategy())
                .grant(Jenkins.READ, Item.READ, Item.BUILD, ReplayAction.REPLAY, ModelDeliveryPermissions.PROMOTE)
                .everywhere()
                .to("ben");
    }

    private ApiClient.Answer approve(WorkflowRun run, String user) throws Exception {
        return ApiClient.of(jenkins, user)
                .form(run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/approve", "");
    }

    private void onlyCarlApproves(WorkflowRun run, String... sentences) throws Exception {
        ApiClient.Answer ben = approve(run, "ben");
        assertThat(ben.status()).isEqualTo(403);
        assertThat(ben.error()).startsWith(sentences[0]);
        if (sentences.length > 1) {
            assertThat(approve(run, "ann").error()).startsWith(sentences[1]);
        }
        assertThat(approve(run, "carl").status()).isEqualTo(200);
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
    }

    private void abort(WorkflowRun run) throws Exception {
        run.doStop();
        jenkins.waitForCompletion(run);
    }

    private WorkflowRun second(WorkflowJob job) throws Exception {
        Until.within(90, () -> job.getBuildByNumber(2) != null, () -> "there is no second build");
        WorkflowRun run = Objects.requireNonNull(job.getBuildByNumber(2));
        jenkins.waitForMessage("waiting      for approval of churn/", run);
        return run;
    }

    /** The Rebuild plugin copies the parameters of a build, and stores the user who started it and the original build. */
    @Test
    void whoRebuiltABuildOfSomebodyElseAskedAndSoDidWhoStartedThatOne() throws Exception {
        WorkflowJob job = Approving.job(jenkins, Approving.SCRIPT.replace("champion'", "champion'\necho params.WHICH"));
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("WHICH", "")));
        WorkflowRun first = job.scheduleBuild2(
                        0,
                        new CauseAction(new Cause.UserIdCause("ann")),
                        new ParametersAction(new StringParameterValue("WHICH", "as before")))
                .waitForStart();
        jenkins.waitForMessage("waiting      for approval of churn/", first);
        abort(first);
        ApiClient.of(jenkins, "ben").form(first.getUrl() + "rebuild/", "autorebuild=true");
        WorkflowRun run = second(job);
        assertThat(run.getCauses())
                .extracting(cause -> cause.getClass().getSimpleName())
                .containsExactlyInAnyOrder("UserIdCause", "RebuildCause");
        onlyCarlApproves(run, "You requested this promotion", "You started this build");
        jenkins.assertLogContains("as before", run);
    }

    @Test
    void whoReplayedABuildOfSomebodyElseAsked() throws Exception {
        WorkflowJob job = Approving.job(jenkins, Approving.SCRIPT);
        WorkflowRun first = Approving.waiting(jenkins, job, "ann");
        abort(first);
        try (ACLContext as = ACL.as2(User.getById("ben", true).impersonate2())) {
            first.getAction(ReplayAction.class).run2("echo 'edited'\n" + Approving.SCRIPT, Map.of());
        }
        onlyCarlApproves(second(job), "You requested this promotion");
    }

    @Test
    void whoRegisteredTheVersionInAnEarlierBuildOfAnotherJobAsked() throws Exception {
        WorkflowJob registers =
                Approving.job(jenkins, Approving.SCRIPT.substring(0, Approving.SCRIPT.indexOf("promoteModel")));
        jenkins.assertBuildStatusSuccess(registers.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("ben"))));
        WorkflowRun run = Approving.waiting(jenkins, Approving.job(jenkins, PROMOTE), "ann");
        onlyCarlApproves(run, "You started this build or registered this version", "You requested this promotion");
    }

    /** No other requester is known, so this is the only reason why ben cannot approve. */
    @Test
    void whoRegisteredItAskedAlsoWhereATimerPromotes() throws Exception {
        WorkflowJob registers =
                Approving.job(jenkins, Approving.SCRIPT.substring(0, Approving.SCRIPT.indexOf("promoteModel")));
        jenkins.assertBuildStatusSuccess(registers.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("ben"))));
        WorkflowRun run = Approving.job(jenkins, PROMOTE)
                .scheduleBuild2(0, new CauseAction(new TimerTrigger.TimerTriggerCause()))
                .waitForStart();
        jenkins.waitForMessage("waiting      for approval of churn/", run);
        onlyCarlApproves(run, "You started this build or registered this version");
    }
}
