package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.OpenInferenceTargetConfiguration;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlserver;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.TrainedModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Pipelines on an agent that deliver to a running MLflow, which asks for a password, and a running MLServer. */
@Tag("live")
@WithJenkins
class MlflowDeliveryLiveTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.createOnlineSlave().setLabelString("trainer");
    }

    @Test
    void aModelIsDeliveredAndAWorseOneIsRefused() throws Exception {
        TrainedModels models = TrainedModels.train(directory.resolve("trained"));
        Path served = Files.createDirectories(directory.resolve("served"));
        try (LiveServer mlflow =
                        LiveMlflow.startWithAuthentication(Files.createDirectories(directory.resolve("mlflow")));
                LiveServer mlserver = LiveMlserver.start(served)) {
            configure(mlflow.url(), mlserver.url(), served);
            WorkflowRun good = deliver(Result.SUCCESS, models, "good");
            jenkins.assertLogContains("wine@champion: none → 1", good);
            jenkins.assertLogContains("live         edge/wine serves wine/1", good);
            WorkflowRun worse = deliver(Result.FAILURE, models, "worse");
            jenkins.assertLogContains("accuracy >= 0.90", worse);
            jenkins.assertLogNotContains("promoted", worse);
            jenkins.assertLogNotContains(LiveMlflow.PASSWORD, good);
            assertThat(Delivery.events("wine"))
                    .containsExactly(
                            "registered",
                            "gated",
                            "alias-move-started",
                            "promoted",
                            "deployment-started",
                            "deployed",
                            "registered",
                            "gated");
        }
    }

    private void configure(String mlflow, String mlserver, Path served) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "mlflow", "", LiveMlflow.ADMIN, LiveMlflow.PASSWORD));
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        MlflowRegistryConfiguration registry = new MlflowRegistryConfiguration("main", mlflow);
        registry.setCredentialsId("mlflow");
        configuration.setRegistries(List.of(registry));
        OpenInferenceTargetConfiguration target =
                new OpenInferenceTargetConfiguration("edge", mlserver, served.toString());
        target.setImplementation("mlserver_sklearn.SKLearnModel");
        configuration.setTargets(List.of(target));
    }

    private WorkflowRun deliver(Result expected, TrainedModels models, String which) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node('trainer') {
                    sh 'cp -r %s/. .'
                    registerModel name: 'wine', path: '%s/model', metrics: '%s/metrics.json', tags: [owner: 'wine-team']
                    gateOnMetrics checks: 'accuracy >= 0.90'
                    promoteModel to: 'champion'
                    deployModel target: 'edge', endpoint: 'wine', smokeTest: [request: 'request.json', expected: '%s/expected.json']
                }
                """.formatted(models.directory(), which, which, which), true));
        return jenkins.buildAndAssertStatus(expected, job);
    }
}
