package io.jenkins.plugins.modeldelivery.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Going back, after two real deliveries, as each kind of user. */
@WithJenkins
class ModelRollbackTest {
    private static final String PAGE = "models/registry/main/churn/rollback/";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private WorkflowJob job;

    @BeforeEach
    void deliverTwice(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Delivery.configure(directory);
        job = rule.createProject(WorkflowJob.class, "deliver");
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'weights', text: "w${env.BUILD_NUMBER}"
                    registerModel name: 'churn', path: 'weights', metricValues: [auc: 0.91]
                    promoteModel to: 'champion'
                    deployModel target: 'edge', endpoint: 'scores'
                }
                """, true));
        rule.buildAndAssertSuccess(job);
        rule.buildAndAssertSuccess(job);
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("stranger", "reader", "builder", "promoter", "deployer", "owner")
                .grant(Item.READ)
                .onItems(job)
                .to("reader", "builder", "promoter", "deployer", "owner")
                .grant(Item.BUILD)
                .onItems(job)
                .to("builder", "promoter", "deployer", "owner")
                .grant(ModelDeliveryPermissions.PROMOTE)
                .onItems(job)
                .to("promoter", "deployer", "owner")
                .grant(ModelDeliveryPermissions.DEPLOY)
                .onItems(job)
                .to("deployer", "owner")
                .grant(ReplayAction.REPLAY)
                .onItems(job)
                .to("owner"));
    }

    private static List<Event> events() {
        return DeliveryRuntime.records().events("main", "churn");
    }

    private static Event last() {
        return events().get(events().size() - 1);
    }

    private HtmlPage page(String user) throws Exception {
        return jenkins.createWebClient().login(user).goTo(PAGE + "?alias=champion");
    }

    private static List<HtmlForm> forms(HtmlPage page) {
        return page.getForms().stream()
                .filter(form -> form.getActionAttribute().equals("start"))
                .toList();
    }

    private int post(String user, String alias, String from, String to) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        client.login(user);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), PAGE + "start"), HttpMethod.POST);
        request.setRequestParameters(List.of(
                new NameValuePair("alias", alias), new NameValuePair("from", from), new NameValuePair("to", to)));
        client.addCrumb(request);
        return client.getPage(request).getWebResponse().getStatusCode();
    }

    @Test
    void whoMayGoesBackAndAliasEndpointAndRecordShowIt() throws Exception {
        HtmlPage page = page("owner");
        assertThat(page.asNormalizedText())
                .contains("Move champion back from version 2 to version 1.", "edge/scores")
                .contains("promoteModel model: 'churn/1', to: 'champion', registry: 'main'")
                .contains("deployModel model: 'churn/1', target: 'edge', endpoint: 'scores', registry: 'main'");
        HtmlPage after = jenkins.submit(forms(page).get(0));
        assertThat(after.getUrl().getPath()).endsWith("/job/deliver/");
        jenkins.waitUntilNoActivity();
        Run<?, ?> build = job.getBuildByNumber(3);
        jenkins.assertBuildStatusSuccess(build);
        jenkins.assertLogContains("promoted     churn@champion: 2 → 1", build);
        assertThat(last().draft().type().text()).isEqualTo("deployed");
        assertThat(last().draft().version()).contains("1");
        assertThat(last().draft().actor()).isEqualTo("owner");
        Event promoted = events().stream()
                .filter(event -> event.draft().type().text().equals("promoted"))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(promoted.draft().actor()).isEqualTo("owner");
        assertThat(promoted.draft().build().orElseThrow()).endsWith("/job/deliver/3/");
        assertThat(directory.resolve("served/scores")).isDirectoryContaining("glob:**/1");
        assertThat(page("owner").asNormalizedText()).contains("No earlier version that you may see had the alias");
        HtmlPage story = jenkins.createWebClient().login("owner").goTo("models/registry/main/churn/version/1/");
        assertThat(story.getAnchorByText("deliver #3").click().getUrl().getPath())
                .endsWith("/job/deliver/3/");
    }

    @Test
    void whoLacksAPermissionIsToldWhichAndCanStartNothing() throws Exception {
        int before = events().size();
        assertThat(page("reader").asNormalizedText())
                .contains("You need the permission Job/Build", "What to do instead");
        assertThat(page("builder").asNormalizedText()).contains("You need the permission Model Delivery/Promote");
        assertThat(page("promoter").asNormalizedText()).contains("You need the permission Model Delivery/Deploy");
        assertThat(page("deployer").asNormalizedText()).contains("You need the permission Run/Replay");
        for (String user : List.of("reader", "builder", "promoter", "deployer")) {
            assertThat(forms(page(user))).as(user).isEmpty();
        }
        assertThat(post("stranger", "champion", "2", "1")).isEqualTo(404);
        for (String user : List.of("reader", "builder", "promoter")) {
            assertThat(post(user, "champion", "2", "1")).as(user).isEqualTo(403);
        }
        assertThat(post("deployer", "champion", "2", "1")).isEqualTo(409);
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuildByNumber(3)).isNull();
        assertThat(events()).hasSize(before);
    }

    @Test
    void aRequestThatDoesNotFitStartsNothing() throws Exception {
        assertThat(post("owner", "other", "2", "1")).isEqualTo(404);
        assertThat(post("owner", "champion", "1", "2")).isEqualTo(409);
        assertThat(post("owner", "champion", "2", "<script>")).isEqualTo(409);
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        assertThat(client.login("owner")
                        .goTo(PAGE + "start?alias=champion&from=2&to=1", null)
                        .getWebResponse()
                        .getStatusCode())
                .isIn(404, 405);
        jenkins.waitUntilNoActivity();
        assertThat(job.getBuildByNumber(3)).isNull();
    }

    private static void guard(String... requiredTags) {
        ObjectNode policies = Json.object();
        ArrayNode tags =
                policies.putObject("production").put("alias", "champion").putArray("requiredTags");
        Stream.of(requiredTags).forEach(tags::add);
        ModelDeliveryConfiguration.get().setPolicies(JsonRules.policies(policies));
    }

    @Test
    void aGuardedAliasGoesBackOnlyToWhatAPolicyAdmitted() throws Exception {
        guard();
        assertThat(page("owner").asNormalizedText()).contains("No earlier version that you may see had the alias");
        jenkins.buildAndAssertSuccess(job);
        assertThat(page("owner").asNormalizedText()).contains("No earlier version that you may see had the alias");
        jenkins.buildAndAssertSuccess(job);
        assertThat(page("owner").asNormalizedText()).contains("Move champion back from version 4 to version 3.");
    }

    @Test
    void aPolicyThatRefusesStopsTheBuildAndNothingMoves() throws Exception {
        guard();
        jenkins.buildAndAssertSuccess(job);
        jenkins.buildAndAssertSuccess(job);
        guard("owner");
        jenkins.submit(forms(page("owner")).get(0));
        jenkins.waitUntilNoActivity();
        Run<?, ?> build = job.getBuildByNumber(5);
        jenkins.assertBuildStatus(Result.FAILURE, build);
        assertThat(last().draft().type().text()).isEqualTo("promotion-refused");
        assertThat(last().draft().actor()).isEqualTo("owner");
        assertThat(page("owner").asNormalizedText()).contains("Move champion back from version 4 to version 3.");
    }

    @Test
    void afterTheBuildIsGoneThePageSaysWhatToRun() throws Exception {
        job.getBuildByNumber(2).delete();
        HtmlPage page = page("owner");
        assertThat(forms(page)).isEmpty();
        assertThat(page.asNormalizedText())
                .contains("The build that made version 2 the champion no longer exists.")
                .contains("promoteModel model: 'churn/1'");
        assertThat(post("owner", "champion", "2", "1")).isEqualTo(409);
    }
}
