package io.jenkins.plugins.modeldelivery.ui.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.ui.approvals.ApiClient;
import io.jenkins.plugins.modeldelivery.ui.approvals.Approving;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a build after real deliveries. */
@WithJenkins
class BuildPageTest {
    private static final String REGISTER = """
            node {
                writeFile file: 'weights', text: 'w'
                writeFile file: 'metrics.json', text: '{"auc": 0.81, "loss": 0.3}'
                registerModel name: '%s', path: 'weights', metrics: 'metrics.json'
            }
            """;

    private static final String GATES = """
            {"good": {"checks": ["auc >= 0.8", "loss <= 0.5"]}, "strict": {"checks": ["auc >= 0.85", "loss <= 0.5"]},
             "sure": {"checks": ["auc >= 0.8 with confidence 95%"]}}
            """;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Approving.people(jenkins);
        Approving.policy(directory, 1, "group:ml-leads");
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setGates(
                JsonRules.gates(Json.read(GATES.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "Gates")));
        configuration.setTargets(List.of(new DirectoryTargetConfiguration(
                "edge", directory.resolve("served").toString())));
    }

    private WorkflowRun run(Result result, String model, String script) throws Exception {
        return jenkins.buildAndAssertStatus(result, Approving.job(jenkins, REGISTER.formatted(model) + script));
    }

    private String text(WorkflowRun run) throws Exception {
        return page(run, "model-delivery/").asNormalizedText();
    }

    private HtmlPage page(WorkflowRun run, String path) throws Exception {
        return jenkins.createWebClient().login("reader").goTo(run.getUrl() + path);
    }

    @Test
    void aPassedGateAndARolloutAreToldWithNumbersAndStates() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS, "churn", "gateOnMetrics gate: 'good'\ndeployModel target: 'edge', endpoint: 'churn'");
        HtmlPage page = page(run, "model-delivery/");
        assertThat(page.asNormalizedText())
                .contains("churn/1 in the registry main", "1 B", "sha256:", "Gate good: PASSED 2 of 2 checks passed")
                .contains("edge/churn", "Previous version", "Switching traffic", "Live");
        assertThat(page.getAnchorByText("churn/1").getHrefAttribute())
                .endsWith("/models/registry/main/churn/version/1/");
        assertThat((Object) page.getFirstByXPath("//*[name()='svg'][@aria-label='value 0.81, bound 0.8']"))
                .isNotNull();
    }

    @Test
    void aFailedGateIsALineWithWhatWasMeasuredAndWhatIsNeeded() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "churn", "gateOnMetrics gate: 'strict'");
        String line = "Gate strict: FAILED, 1 of 2 checks failed (auc 0.81, needs ≥ 0.85)";
        assertThat(page(run, "").asNormalizedText()).contains(line);
        assertThat(text(run)).contains(line, "Only checks that did not pass", "The step fails.");
    }

    @Test
    void anInconclusiveGateSaysWhy() throws Exception {
        WorkflowRun run = run(Result.UNSTABLE, "churn", "gateOnMetrics gate: 'sure', onFailure: 'unstable'");
        assertThat(text(run))
                .contains("Gate sure: INCONCLUSIVE", "No data for a confidence limit")
                .contains("The build becomes unstable.");
    }

    @Test
    void aDryRunWaitsForNobodyAndShowsWhatIsMissing() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "churn", "promoteModel to: 'champion', dryRun: true");
        assertThat(text(run))
                .contains("churn/1 may become champion once it is approved", "dry run: the alias was not moved")
                .contains("approval needed", "an administrator must override");
    }

    @Test
    void whatDidNotEndSaysWhereItStopped() throws Exception {
        WorkflowRun run = run(Result.FAILURE, "churn", "promoteModel to: 'no such alias!'");
        assertThat(text(run)).contains("churn/1 registered");
        JsonNode operations = api("reader", run).path("operations");
        for (JsonNode operation : operations) {
            assertThat(operation.path("state").asText()).isIn("ended", "stopped");
        }
    }

    @Test
    void namesAreShownAndDoNothing() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "<img src=x onerror=alert(1)>", "gateOnMetrics gate: 'good'");
        HtmlPage page = page(run, "model-delivery/");
        assertThat(page.asNormalizedText()).contains("<img src=x onerror=alert(1)>/1 registered");
        assertThat(page.getByXPath("//img[@onerror]")).isEmpty();
    }

    @Test
    void aNameThatTurnsTextRoundLeavesWhatStandsBesideItAlone() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "ch\u202eurn", "gateOnMetrics gate: 'good'");
        assertThat(api("reader", run).path("operations").path(0).path("summary").asText())
                .isEqualTo("ch urn/1 registered");
    }

    private JsonNode api(String user, WorkflowRun run) throws Exception {
        return ApiClient.of(jenkins, user)
                .get(run.getUrl() + "model-delivery/api/json?depth=5")
                .json();
    }

    @Test
    void programsAreToldTheSame() throws Exception {
        WorkflowRun run = run(
                Result.SUCCESS, "churn", "gateOnMetrics gate: 'good'\ndeployModel target: 'edge', endpoint: 'churn'");
        JsonNode operations = api("reader", run).path("operations");
        JsonNode row = operations.path(1).path("gate").path("rows").path(0);
        assertThat(row.path("check").asText()).isEqualTo("auc >= 0.8");
        assertThat(row.path("value").asDouble()).isEqualTo(0.81);
        assertThat(row.path("baseline").isNull()).isTrue();
        assertThat(operations.path(0).path("registration").path("size").asInt()).isEqualTo(1);
        JsonNode states = operations.path(2).path("rollout").path("states");
        assertThat(states.findValuesAsText("state")).contains("applying", "switching", "live");
        assertThat(states.path(0).path("time").asText()).startsWith("20");
    }

    @Test
    void whoMayNotReadTheJobLearnsNothing() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "churn", "gateOnMetrics gate: 'good'");
        for (String path : List.of("", "live", "api/json?depth=5")) {
            String address = run.getUrl() + "model-delivery/" + path;
            assertThat(ApiClient.anonymous(jenkins).get(address).status())
                    .as(address)
                    .isIn(403, 404);
            assertThat(ApiClient.of(jenkins, "stranger").get(address).status())
                    .as(address)
                    .isIn(403, 404);
            assertThat(ApiClient.of(jenkins, "reader").get(address).status())
                    .as(address)
                    .isEqualTo(200);
        }
    }

    @Test
    void aRunningBuildsSectionsSayWhatWaits() throws Exception {
        WorkflowRun run = Approving.waiting(jenkins);
        String sections = ApiClient.of(jenkins, "ben")
                .get(run.getUrl() + "model-delivery/live")
                .text();
        assertThat(sections)
                .contains("data-live=\"true\"", "churn/1 waits for approval to become champion", "formaction=")
                .as("with symbols")
                .contains("<svg class=\"icon-sm\"")
                .doesNotContain("<img");
        assertThat(jenkins.createWebClient()
                        .login("reader")
                        .goTo(run.getUrl() + "model-delivery/live")
                        .getWebResponse()
                        .getResponseHeaderValue("Cache-Control"))
                .contains("no-store");
        JsonNode operations = api("reader", run).path("operations");
        assertThat(operations.findValuesAsText("state")).containsExactly("ended", "waiting");
    }

    @Test
    void theNewPageOfABuildHasATab() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "churn", "");
        JenkinsRule.WebClient client = jenkins.createWebClient().login("reader");
        hudson.model.User reader = hudson.model.User.getById("reader", true);
        reader.addProperty(new jenkins.model.experimentalflags.UserExperimentalFlagsProperty(
                java.util.Map.of("new-build-page.flag", "true")));
        client.getOptions().setJavaScriptEnabled(false);
        HtmlPage page = client.goTo(run.getUrl());
        assertThat(page.asNormalizedText()).contains("churn/1 registered");
        assertThat((Object) page.getFirstByXPath(
                        "//*[contains(@class,'app-build-bar__tabs')]//a[contains(@href,'model-delivery')]"))
                .isNotNull();
        assertThat(client.goTo(run.getUrl() + "model-delivery/").asNormalizedText())
                .contains("churn/1 in the registry main");
    }
}
