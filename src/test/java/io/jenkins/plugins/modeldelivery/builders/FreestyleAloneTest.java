package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.PluginWrapper;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller, with real class loaders, of freestyle jobs alone: without Pipelines, folders and all that is optional. */
class FreestyleAloneTest {
    private static final String[] MISSING = {
        "branch-api",
        "checks-api",
        "cloudbees-folder",
        "config-file-provider",
        "configuration-as-code",
        "credentials-binding",
        "dark-theme",
        "durable-task",
        "job-dsl",
        "matrix-auth",
        "metrics",
        "pipeline-groovy-lib",
        "pipeline-input-step",
        "pipeline-model-api",
        "pipeline-model-definition",
        "pipeline-model-extensions",
        "pipeline-stage-step",
        "pipeline-stage-tags-metadata",
        "theme-manager",
        "workflow-basic-steps",
        "workflow-cps",
        "workflow-durable-task-step",
        "workflow-job",
        "workflow-multibranch",
        "workflow-scm-step"
    };

    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().omitPlugins(MISSING);

    @Test
    void aModelGoesFromTheWorkspaceToItsEndpoint() throws Throwable {
        controller.then(FreestyleAloneTest::deliver);
    }

    private static void deliver(JenkinsRule j) throws Exception {
        assertThat(j.jenkins.getPluginManager().getPlugins())
                .extracting(PluginWrapper::getShortName)
                .contains("model-delivery")
                .doesNotContain(MISSING);
        Delivery.configure(Path.of(j.jenkins.getRootDir().getPath()));
        RegisterModelStep register = new RegisterModelStep("churn");
        register.setPath("weights");
        register.setMetrics("metrics.json");
        GateOnMetricsStep gate = new GateOnMetricsStep();
        gate.setChecks("auc >= 0.9");
        DeployModelStep deploy = new DeployModelStep();
        deploy.setEndpoint("churn");
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();
        FreeStyleProject job = Freestyle.job(
                j,
                Map.of("weights", "weights", "metrics.json", "{\"auc\": 0.91}"),
                new ModelDeliveryBuilder(register),
                new ModelDeliveryBuilder(gate),
                new ModelDeliveryBuilder(new PromoteModelStep("champion")),
                after);
        job.getPublishersList().add(new ModelDeliveryPublisher(List.of(deploy)));

        FreeStyleBuild build = j.buildAndAssertSuccess(job);

        assertThat(after.getEnvVars()).containsEntry("MODEL_VERSION", "1").containsEntry("GATE_VERDICT", "PASSED");
        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
        try (JenkinsRule.WebClient client = j.createWebClient()) {
            assertThat(client.getPage(build, "model-delivery").asNormalizedText())
                    .contains("churn/1");
            assertThat(client.getPage(job, "model-trend").asNormalizedText()).contains("auc");
            assertThat(client.goTo("models/").asNormalizedText()).contains("churn");
            assertThat(client.goTo("manage/model-delivery/").getFormByName("config"))
                    .isNotNull();
            assertThat(client.getPage(job, "configure").asNormalizedText())
                    .contains("Register a model version")
                    .contains("Deploy a model version");
        }
    }
}
