package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.UsageCheck;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What becomes of a Pipeline that waits when what it needs is taken away. */
class InUseByBuildsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final LogRecorder logs =
            new LogRecorder().record(UsageCheck.class, Level.WARNING).capture(10);

    @TempDir
    private Path directory;

    private static void withoutRegistry(ModelDeliveryConfiguration configuration) throws Exception {
        configuration.change(() -> configuration.setRegistries(List.of()));
    }

    private static void withoutPolicy(ModelDeliveryConfiguration configuration) throws Exception {
        configuration.change(() -> configuration.setPolicies(JsonRules.policies(Json.object())));
    }

    private WorkflowRun waiting(JenkinsRule jenkins) throws Exception {
        Approving.people(jenkins);
        Approving.policy(directory, 1, "group:ml-leads");
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "training");
        job.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
        return Approving.waiting(jenkins, job, "ann");
    }

    /** Saves a page that has the registry and no policy. */
    private WebResponse save(JenkinsRule jenkins, boolean force) throws Exception {
        JSONObject registry = new JSONObject();
        registry.put("$class", "io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration");
        registry.put("name", "main");
        registry.put("path", directory.resolve("registry").toString());
        JSONObject form = new JSONObject();
        form.put("registries", JSONArray.fromObject(List.of(registry)));
        form.put("force", force);
        try (WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            client.login("administrator");
            WebRequest request =
                    new WebRequest(client.createCrumbedUrl("manage/model-delivery/configure"), HttpMethod.POST);
            request.setRequestBody("json=" + URLEncoder.encode(form.toString(), StandardCharsets.UTF_8));
            return client.getPage(request).getWebResponse();
        }
    }

    @Test
    void aPromotionWhosePolicyIsTakenAwayIsNotLetThroughButEnds() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = waiting(jenkins);
            WebResponse asked = save(jenkins, false);
            assertThat(asked.getStatusCode()).isEqualTo(409);
            assertThat(asked.getContentAsString())
                    .containsSubsequence("policy production, used by:", "the build training #1, which is under way");
            assertThat(PendingApprovals.get().of(run)).hasSize(1);

            assertThat(save(jenkins, true).getStatusCode()).isEqualTo(200);

            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains(
                    "The policy production guarded the alias champion when this promotion was requested. It was"
                            + " deleted or renamed since",
                    run);
            assertThat(Approving.events()).doesNotContain("promoted", "alias-move-started");
            assertThat(PendingApprovals.get().of(run)).isEmpty();
            assertThat(logs.getMessages())
                    .singleElement()
                    .asString()
                    .contains("administrator has deleted", "by the build training #1, which is under way.");
        });
    }

    @Test
    void aPromotionWhosePolicyWasRenamedIsDecidedByTheOneThatGuardsTheAliasNow() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = waiting(jenkins);
            ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
            var policies = Json.object();
            policies.putObject("release").put("alias", "champion");
            configuration.change(() -> configuration.setPolicies(JsonRules.policies(policies)));
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            assertThat(Approving.events()).contains("promoted");
        });
    }

    @Test
    void aPromotionWhoseRegistryIsTakenAwayEndsWithItsName() throws Throwable {
        sessions.then(jenkins -> {
            WorkflowRun run = waiting(jenkins);
            withoutRegistry(ModelDeliveryConfiguration.get());
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("The registry main, with which this began, was deleted or renamed since", run);
            assertThat(logs.getMessages())
                    .singleElement()
                    .asString()
                    .contains("The registry main is used by the build training #1, which is under way.");
        });
    }

    @Test
    void afterARestartItIsTheSameAndWhatHasEndedNeedsNothing() throws Throwable {
        sessions.then(jenkins -> waiting(jenkins));
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("training", WorkflowJob.class)
                    .getBuildByNumber(1);
            // Until the build resumes, it shows its waiting promotions, and no usage is known.
            Until.within(90, () -> !PendingApprovals.get().all().isEmpty(), () -> "nobody waits");
            withoutPolicy(configuration);
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("The policy production guarded the alias champion", run);
            assertThat(logs.getMessages()).hasSize(1);
            withoutRegistry(configuration);
            assertThat(configuration.getRegistries()).isEmpty();
            assertThat(logs.getMessages()).hasSize(1);
        });
    }
}
