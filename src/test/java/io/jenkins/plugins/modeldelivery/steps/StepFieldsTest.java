package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.IOException;
import java.net.URL;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** What the fields of the steps offer and say, and to whom. */
@WithSharedJenkins
class StepFieldsTest {
    private JenkinsRule jenkins;
    private FreeStyleProject job;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        job = rule.createFreeStyleProject("churn");
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ, Item.BUILD)
                .everywhere()
                .to("builder")
                .grant(Item.CONFIGURE)
                .everywhere()
                .to("configurer")
                .grant(Item.EXTENDED_READ)
                .everywhere()
                .to("auditor"));
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        DirectoryRegistryConfiguration others = new DirectoryRegistryConfiguration("planted-other", "/b");
        others.setItems("elsewhere/**");
        configuration.setRegistries(List.of(new DirectoryRegistryConfiguration("planted-registry", "/a"), others));
        configuration.setTargets(List.of(new DirectoryTargetConfiguration("planted-target", "/c")));
        var gates = Json.object();
        gates.putObject("planted-gate").putArray("checks").add("auc >= 0.9");
        configuration.setGates(JsonRules.gates(gates));
        var policies = Json.object();
        policies.putObject("planted-policy").put("alias", "champion");
        configuration.setPolicies(JsonRules.policies(policies));
    }

    private final Map<String, WebClient> clients = new HashMap<>();

    /** @param user "" for an anonymous user */
    private WebClient as(String user) {
        return clients.computeIfAbsent(user, name -> {
            WebClient client =
                    jenkins.createWebClient().withJavaScriptEnabled(false).withThrowExceptionOnFailingStatusCode(false);
            return name.isEmpty() ? client : client.withBasicCredentials(name);
        });
    }

    private String post(WebClient as, String base, Class<?> step, String method, Map<String, String> fields)
            throws IOException {
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), base + "descriptorByName/" + step.getName() + "/" + method), HttpMethod.POST);
        request.setRequestParameters(fields.entrySet().stream()
                .map(field -> new NameValuePair(field.getKey(), field.getValue()))
                .toList());
        as.addCrumb(request);
        WebResponse response = as.loadWebResponse(request);
        assertThat(response.getStatusCode()).as(method).isEqualTo(200);
        return response.getContentAsString();
    }

    private String said(Class<?> step, String method, Map<String, String> fields) throws Exception {
        return post(as("configurer"), job.getUrl(), step, method, fields);
    }

    private String said(Class<?> step, String field, String value) throws Exception {
        return said(step, "check" + field, Map.of("value", value));
    }

    private static List<String> methods(Class<?> described) throws ClassNotFoundException {
        return Arrays.stream(
                        Class.forName(described.getName() + "$DescriptorImpl").getMethods())
                .map(method -> method.getName())
                .filter(name -> name.matches("do(Check|Fill)[A-Z].*"))
                .map(name -> Character.toLowerCase(name.charAt(2)) + name.substring(3))
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .toList();
    }

    private static final Map<String, String> NONSENSE =
            Map.of("value", "no such: thing", "gate", "", "runId", "r", "modelId", "m", "source", "s");

    @Test
    void whoMayNotSeeTheConfigurationOfTheJobLearnsNothing() throws Exception {
        for (Class<?> described : StepsPageTest.described()) {
            for (String method : methods(described)) {
                for (String user : List.of("", "builder")) {
                    assertThat(post(as(user), job.getUrl(), described, method, NONSENSE))
                            .as(user + " " + method)
                            .matches("<div/>|<div></div>|.*\"?values\"?:\\[\\].*|\\[\\]");
                }
            }
        }
    }

    @Test
    void outsideOfAnyJobOnlyAdministratorsAreTold() throws Exception {
        assertThat(post(as("configurer"), "", DeployModelStep.class, "fillTargetItems", Map.of()))
                .doesNotContain("planted");
        assertThat(post(as("admin"), "", DeployModelStep.class, "fillTargetItems", Map.of()))
                .contains("planted-target");
        assertThat(post(as("admin"), "", RegisterModelStep.class, "fillRegistryItems", Map.of()))
                .contains("planted-registry", "planted-other");
    }

    @Test
    void whoMaySeeTheConfigurationOfTheJobIsOfferedWhatTheJobMayUse() throws Exception {
        for (String user : List.of("configurer", "auditor", "admin")) {
            WebClient client = as(user);
            assertThat(post(client, job.getUrl(), RegisterModelStep.class, "fillRegistryItems", Map.of()))
                    .contains("planted-registry")
                    .doesNotContain("planted-other");
            assertThat(post(client, job.getUrl(), DeployModelStep.class, "fillTargetItems", Map.of()))
                    .contains("planted-target");
            assertThat(post(client, job.getUrl(), GateOnMetricsStep.class, "fillGateItems", Map.of()))
                    .contains("planted-gate");
            assertThat(post(client, job.getUrl(), PromoteModelStep.class, "fillPolicyItems", Map.of()))
                    .contains("planted-policy");
        }
    }

    @Test
    void namesThatNobodyHasAreToldAndVariablesAreLeftAlone() throws Exception {
        assertThat(said(RegisterModelStep.class, "Registry", "planted-registri"))
                .contains("This job may use no registry with this name. Available: planted-registry")
                .doesNotContain("planted-other");
        assertThat(said(RegisterModelStep.class, "Registry", "planted-registry"))
                .isEqualTo("<div/>");
        assertThat(said(RegisterModelStep.class, "Registry", "$REGISTRY")).isEqualTo("<div/>");
        assertThat(said(DeployModelStep.class, "Target", "none")).contains("may use no serving target");
        assertThat(said(GateOnMetricsStep.class, "Gate", "none")).contains("may use no gate");
        assertThat(said(PromoteModelStep.class, "Policy", "none")).contains("may use no policy");
    }

    @Test
    void mistakesAreToldAsTheyAreTyped() throws Exception {
        assertThat(said(RegisterModelStep.class, "Name", "")).contains("Enter the name of the registered model");
        assertThat(said(RegisterModelStep.class, "Name", "a/b")).contains("may not contain /");
        assertThat(said(RegisterModelStep.class, "Name", "churn")).isEqualTo("<div/>");
        assertThat(said(RegisterModelStep.class, "Alias", "latest")).contains("reserved");
        assertThat(said(RegisterModelStep.class, "Timeout", "soon")).contains("error");
        assertThat(said(RegisterModelStep.class, "Tags", "owner")).contains("not a line of the form name=value");
        assertThat(said(RegisterModelStep.class, "Tags", "a=1\na=2")).contains("Two lines have the name a");
        assertThat(said(RegisterModelStep.class, "MetricValues", "auc=high")).contains("not a number");
        assertThat(said(RegisterModelStep.class, "MetricValues", "auc=$AUC\nf1=0.8"))
                .isEqualTo("<div/>");
        assertThat(said(GateOnMetricsStep.class, "Model", "churn")).contains("does not name a model version");
        assertThat(said(PromoteModelStep.class, "To", "")).contains("Enter an alias");
        assertThat(said(SmokeTest.class, "AbsoluteTolerance", "much")).contains("Not a number");
        assertThat(said(SmokeTest.class, "RelativeTolerance", "-1")).contains("at least 0");
        assertThat(said(SmokeTest.class, "MaxLatency", "fast")).contains("error");
        assertThat(said(SmokeTest.class, "Request", "")).contains("Enter the file");
    }

    @Test
    void theChecksOfAGateAreCountedOrTheErrorIsPointedAt() throws Exception {
        assertThat(said(GateOnMetricsStep.class, "checkChecks", Map.of("value", "auc >= 0.9\nf1 >= 0.8", "gate", "")))
                .contains("2 checks");
        assertThat(said(GateOnMetricsStep.class, "checkChecks", Map.of("value", "auc >= 0.9\nauc => 1", "gate", "")))
                .contains("Line 2, column 5");
        assertThat(said(GateOnMetricsStep.class, "checkChecks", Map.of("value", "", "gate", "")))
                .contains("at least one check");
        assertThat(said(GateOnMetricsStep.class, "checkChecks", Map.of("value", "", "gate", "planted-gate")))
                .isEqualTo("<div/>");
    }

    @Test
    void aModelHasExactlyOneSource() throws Exception {
        Map<String, String> none = Map.of("value", "", "runId", "", "modelId", "", "source", "");
        Map<String, String> run = Map.of("value", "", "runId", "r", "modelId", "", "source", "");
        Map<String, String> both = Map.of("value", "model", "runId", "r", "modelId", "", "source", "");
        assertThat(said(RegisterModelStep.class, "checkPath", none)).contains("Enter a path, run, model or URI.");
        assertThat(said(RegisterModelStep.class, "checkPath", run)).isEqualTo("<div/>");
        assertThat(said(RegisterModelStep.class, "checkPath", both)).contains("Enter only one of path");
        assertThat(said(RegisterModelStep.class, "checkArtifactPath", Map.of("value", "a", "runId", "")))
                .contains("Enter the run, too");
    }

    @Test
    void noneOfThemAnswersAGet() throws Exception {
        WebClient admin = as("admin");
        for (Class<?> described : StepsPageTest.described()) {
            for (String method : methods(described)) {
                String path = job.getUrl() + "descriptorByName/" + described.getName() + "/" + method;
                assertThat(admin.goTo(path, null).getWebResponse().getStatusCode())
                        .as(path)
                        .isIn(404, 405);
            }
        }
    }
}
