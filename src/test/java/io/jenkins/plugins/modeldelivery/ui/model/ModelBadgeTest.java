package io.jenkins.plugins.modeldelivery.ui.model;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.RegistryConfiguration;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The badge of real deliveries, as each kind of user gets it. */
@WithJenkins
class ModelBadgeTest {
    private static final String REGISTER = """
            writeFile file: 'weights', text: "w${env.BUILD_NUMBER}${env.JOB_NAME}"
            registerModel name: 'churn', path: 'weights', metricValues: [auc: 0.91]
            """;

    private static final String DELIVER = REGISTER + """
            gateOnMetrics checks: 'auc >= 0.9'
            promoteModel to: 'champion'
            deployModel target: 'edge', endpoint: 'churn'
            """;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private WorkflowJob ran(String name, String steps) throws Exception {
        return ran(name, Result.SUCCESS, steps);
    }

    private WorkflowJob ran(String name, Result expected, String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("node {\n" + steps + "\n}", true));
        jenkins.buildAndAssertStatus(expected, job);
        return job;
    }

    private WebResponse get(JenkinsRule.WebClient client, String job, String query) throws Exception {
        Page page = client.withThrowExceptionOnFailingStatusCode(false)
                .goTo("job/" + job + "/model-badge/status.svg" + query, null);
        return page.getWebResponse();
    }

    private String said(String job, String query) throws Exception {
        String svg = get(jenkins.createWebClient(), job, query).getContentAsString();
        return svg.substring(svg.indexOf("<title>") + 7, svg.indexOf("</title>"));
    }

    @Test
    void aDeliveredModelSaysWhichVersionHowItWasGatedAndThatItIsLive() throws Exception {
        ran("deliver", DELIVER);
        WebResponse response = get(jenkins.createWebClient(), "deliver", "");
        assertThat(response.getContentAsString()).contains("<title>churn: champion 1 · gate passed · live</title>");
        assertThat(response.getContentType()).isEqualTo("image/svg+xml");
        assertThat(response.getResponseHeaderValue("Cache-Control")).isEqualTo("no-cache, private");
        assertThat(response.getResponseHeaderValue("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.getResponseHeaderValue("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    }

    @Test
    void aVersionThatIsNotInProductionChangesNothing() throws Exception {
        ran("deliver", DELIVER);
        ran("worse", Result.FAILURE, REGISTER + "gateOnMetrics checks: 'auc >= 0.95'");
        assertThat(said("deliver", "")).isEqualTo("churn: champion 1 · gate passed · live");
    }

    @Test
    void theChampionIsTheSameWhicheverOfItsJobsOneLooksFrom() throws Exception {
        ran("first", DELIVER);
        ran("second", DELIVER);
        assertThat(said("first", ""))
                .isEqualTo("churn: champion 2 · gate passed · live")
                .isEqualTo(said("second", "?model=churn"));
    }

    @Test
    void aChampionThatFailedItsGateAndServesNowhereSaysSo() throws Exception {
        ran("job", REGISTER + """
                gateOnMetrics checks: 'auc >= 0.95', onFailure: 'continue'
                promoteModel to: 'champion'
                """);
        assertThat(said("job", "")).isEqualTo("churn: champion 1 · gate failed · not deployed");
    }

    @Test
    void whatIsNotThereIsSaidInThePicture() throws Exception {
        ran("job", REGISTER);
        ran("idle", "echo 'nothing'");
        assertThat(said("job", "")).isEqualTo("churn: no champion");
        assertThat(said("job", "?alias=challenger")).isEqualTo("churn: no challenger");
        assertThat(said("idle", "")).isEqualTo("model: unknown");
        assertThat(said("job", "?model=nobody")).isEqualTo("nobody: unknown");
        assertThat(said("job", "?model=%3Cscript%3E")).isEqualTo("&lt;script&gt;: unknown");
        assertThat(said("job", "?model=" + "x".repeat(3000)))
                .hasSizeLessThan(100)
                .endsWith("…: unknown");
        assertThat(said("job", "?registry=other")).isEqualTo("model: unknown");
    }

    @Test
    void whoDeliversSeveralModelsIsAskedWhich() throws Exception {
        ran("job", REGISTER + "registerModel name: 'fraud', path: 'weights'");
        assertThat(said("job", "")).isEqualTo("model: several models: add model");
        assertThat(said("job", "?model=fraud")).isEqualTo("fraud: no champion");
        List<RegistryConfiguration> registries =
                new ArrayList<>(ModelDeliveryConfiguration.get().getRegistries());
        registries.add(new DirectoryRegistryConfiguration(
                "second", directory.resolve("second").toString()));
        ModelDeliveryConfiguration.get().setRegistries(registries);
        ran("other", "writeFile file: 'w', text: 'w'\nregisterModel name: 'fraud', path: 'w', registry: 'second'");
        assertThat(said("job", "?model=fraud")).isEqualTo("fraud: several models: add registry");
        assertThat(said("job", "?model=fraud&registry=second")).isEqualTo("fraud: no champion");
    }

    @Test
    void aPostGetsNoBadge() throws Exception {
        ran("idle", "echo 'nothing'");
        JenkinsRule.WebClient client = jenkins.createWebClient();
        assertThat(get(client, "idle", "").getStatusCode()).isEqualTo(200);
        WebRequest request =
                new WebRequest(new URL(jenkins.getURL(), "job/idle/model-badge/status.svg"), HttpMethod.POST);
        client.addCrumb(request);
        assertThat(client.loadWebResponse(request).getStatusCode()).isIn(404, 405);
    }

    @Test
    void aJobThatWasRenamedKeepsItsBadge() throws Exception {
        ran("before", DELIVER).renameTo("after");
        assertThat(said("after", "")).isEqualTo("churn: champion 1 · gate passed · live");
    }

    @Test
    void whoMayNotReadAJobLearnsNothingOfIt() throws Exception {
        ran("open", "echo 'nothing'");
        ran("closed", DELIVER);
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .onItems(jenkins.jenkins.getItem("open"))
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader")
                .grant(Item.DISCOVER)
                .everywhere()
                .to("discoverer"));
        String seen = "churn: champion 1 · gate passed · live";
        assertThat(get(jenkins.createWebClient(), "closed", "").getStatusCode()).isEqualTo(404);
        assertThat(get(jenkins.createWebClient(), "open", "?model=churn").getContentAsString())
                .contains("<title>churn: unknown</title>");
        assertThat(get(jenkins.createWebClient().login("stranger"), "closed", "")
                        .getStatusCode())
                .isEqualTo(404);
        assertThat(get(jenkins.createWebClient().login("discoverer"), "closed", "")
                        .getStatusCode())
                .isEqualTo(403);
        assertThat(get(jenkins.createWebClient().login("discoverer"), "open", "?model=churn")
                        .getContentAsString())
                .contains("<title>churn: unknown</title>");
        assertThat(get(jenkins.createWebClient().login("reader"), "closed", "").getContentAsString())
                .contains("<title>" + seen + "</title>");
        assertThat(get(jenkins.createWebClient().login("reader"), "open", "?model=churn")
                        .getContentAsString())
                .contains("<title>" + seen + "</title>");
    }
}
