package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import java.util.Map;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the snippet generator writes is what was entered, and makes the same step again. */
@WithSharedJenkins
class SnippetTest {
    private static void comesBack(JenkinsRule j, DeliveryStep step, String snippet) throws Exception {
        assertThat(Snippets.of(step)).isEqualTo(snippet);
        comesBack(j, step);
    }

    private static void comesBack(JenkinsRule j, DeliveryStep step) throws Exception {
        Step after = Snippets.read(Snippets.of(step));
        assertThat(((DeliveryStep) after).request(text -> text)).isEqualTo(step.request(text -> text));
        j.assertEqualDataBoundBeans(step, after);
    }

    @Test
    void withNothingButWhatIsNeeded(JenkinsRule j) throws Exception {
        comesBack(j, new RegisterModelStep("churn"), "registerModel 'churn'");
        comesBack(j, new GateOnMetricsStep(), "gateOnMetrics()");
        comesBack(j, new PromoteModelStep("champion"), "promoteModel 'champion'");
        comesBack(j, new DeployModelStep(), "deployModel()");
        comesBack(j, new DeliverModelStep(), "deliverModel()");
    }

    @Test
    void withEveryParameter(JenkinsRule j) throws Exception {
        comesBack(
                j,
                Steps.registerAll(),
                "registerModel alias: 'challenger', artifactPath: 'artifact', dataset: 'data@sha256:1', description:"
                        + " '''two\nlines''', metricValues: [auc: 0.91, log_loss: 0.24], metrics: 'metrics.json', modelId:"
                        + " 'm-1', name: 'churn', parameters: [depth: '8'], path: 'model', registry: 'main', runId: 'run',"
                        + " source: 's3://bucket/model', tags: [owner: 'ann', team: 'churn'], timeout: '5m'");
        comesBack(
                j,
                Steps.gateAll(),
                "gateOnMetrics baseline: 'champion', checks: '''auc >= 0.9\nauc >= baseline''', gate: 'tabular', metrics:"
                        + " 'metrics.json', model: 'churn/7', onFailure: 'unstable', onMissingBaseline: 'inconclusive',"
                        + " registry: 'main'");
        comesBack(
                j,
                Steps.promoteAll(),
                "promoteModel dryRun: true, model: 'churn/7', policy: 'production', registry: 'main', timeout: '2d', to:"
                        + " 'champion'");
        comesBack(
                j,
                Steps.deployAll(),
                "deployModel endpoint: 'churn', model: 'churn@champion', registry: 'main', rollback: false, smokeTest:"
                        + " smokeTest(absoluteTolerance: '0.1', expected: 'expected.json', maxLatency: '2s',"
                        + " relativeTolerance: '0.2', request: 'request.json'), target: 'edge', timeout: '10m'");
        comesBack(j, Steps.deliverAll(), "deliverModel file: 'churn/delivery.yaml'");
    }

    @Test
    void withOddCharacters(JenkinsRule j) throws Exception {
        RegisterModelStep register = new RegisterModelStep(Steps.ODD);
        register.setDescription(Steps.ODD + "\nsecond line");
        register.setTags(Map.of("the owner", Steps.ODD, "formula", "a=b\nc"));
        comesBack(j, register);
        GateOnMetricsStep gate = new GateOnMetricsStep();
        gate.setChecks("\"macro avg.f1-score\" >= 0.8\nauc{country='é'} > 0 # why\\not");
        comesBack(j, gate);
        PromoteModelStep promote = new PromoteModelStep(Steps.ODD);
        promote.setModel(Steps.ODD);
        comesBack(j, promote);
        DeployModelStep deploy = new DeployModelStep();
        deploy.setSmokeTest(new SmokeTest(Steps.ODD));
        comesBack(j, deploy);
        DeliverModelStep deliver = new DeliverModelStep();
        deliver.setFile(Steps.ODD);
        comesBack(j, deliver);
    }

    @Test
    void aFormIsWrittenAsItWasFilledIn(JenkinsRule j) throws Exception {
        assertThat(Snippets.of(
                        j,
                        RegisterModelStep.class,
                        Map.of(
                                "name", " churn ",
                                "path", "model",
                                "runId", "",
                                "metricValues", "auc = 0.91\r\n\r\nlog_loss=1e-3",
                                "tags", "owner=ann = me")))
                .isEqualTo("registerModel metricValues: [auc: 0.91, log_loss: 0.001], name: 'churn', path: 'model',"
                        + " tags: [owner: 'ann = me']");
        assertThat(Snippets.of(
                        j,
                        GateOnMetricsStep.class,
                        Map.of("gate", "tabular", "checks", "", "onFailure", "fail", "onMissingBaseline", "")))
                .isEqualTo("gateOnMetrics gate: 'tabular'");
        assertThat(Snippets.of(
                        j,
                        DeployModelStep.class,
                        Map.of("target", "", "rollback", true, "smokeTest", Map.of("request", "request.json"))))
                .isEqualTo("deployModel smokeTest: smokeTest('request.json')");
        assertThat(Snippets.of(j, DeliverModelStep.class, Map.of("file", "delivery.yaml")))
                .isEqualTo("deliverModel()");
    }

    @Test
    void thePageWritesWhatIsClickedTogether(JenkinsRule j) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        HtmlPage page = j.createWebClient().getPage(job, "pipeline-syntax/");
        HtmlSelect steps = page.querySelector("select.dropdownList");
        HtmlOption gate = steps.getOptions().stream()
                .filter(option -> option.getText().startsWith("gateOnMetrics:"))
                .findFirst()
                .orElseThrow();
        steps.setSelectedAttribute(gate, true);
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        HtmlTextArea checks = page.querySelector("textarea[name='_.checks']");
        checks.setText("auc >= 0.9");
        page.<HtmlElement>querySelector("#generatePipelineScript").click();
        page.getWebClient().waitForBackgroundJavaScript(10_000);

        assertThat(page.<HtmlTextArea>querySelector("#prototypeText").getText())
                .isEqualTo("gateOnMetrics checks: 'auc >= 0.9'");
    }
}
