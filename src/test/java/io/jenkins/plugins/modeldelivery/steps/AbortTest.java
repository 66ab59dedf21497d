package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.operation.AbortTimeout;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that are stopped. A call that is not cancelled would wait for minutes. */
@WithJenkins
@Timeout(240)
class AbortTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(30);
    private static final String VERSION_1_LIVE = "node {\n" + Pipelines.MODEL + """
            registerModel registry: 'main', name: 'churn', path: 'model'
            }
            deployModel registry: 'main', model: 'churn/1', target: 'polled', endpoint: 'churn'
            """;
    private static final String VERSION_2 = """
            node {
                writeFile file: 'model/weights', text: 'second'
                registerModel registry: 'main', name: 'churn', path: 'model'
            }
            """;
    private static final String DEPLOY_2 =
            "deployModel registry: 'main', model: 'churn/2', target: 'polled', endpoint: 'churn'\n";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private Poller silent;
    private Poller poller;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        silent = new Poller();
        silent.hang();
        poller = new Poller();
        poller.load("1");
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(
                new DirectoryRegistryConfiguration(
                        "main", directory.resolve("registry").toString()),
                new MlflowRegistryConfiguration("slow", silent.url())));
        DirectoryTargetConfiguration polled = new DirectoryTargetConfiguration(
                "polled", directory.resolve("served").toString());
        polled.setServer(poller.url());
        configuration.setTargets(List.of(polled));
    }

    @AfterEach
    void close() {
        System.clearProperty(AbortTimeout.PROPERTY);
        silent.close();
        poller.close();
    }

    private WorkflowRun aborted(WorkflowRun run) throws Exception {
        long begin = System.nanoTime();
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
        return run;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registerModel registry: 'slow', name: 'churn', path: 'model'",
                "gateOnMetrics registry: 'slow', model: 'churn/1', checks: 'auc >= 0.9'",
                "promoteModel registry: 'slow', model: 'churn/1', to: 'champion'",
                "deployModel registry: 'slow', model: 'churn@champion', target: 'polled', endpoint: 'churn'",
                "writeFile file: 'delivery.yaml', text: 'register: {name: churn, path: model, registry: slow}'\n"
                        + "deliverModel()"
            })
    void whileAServerHangsTheCallIsCancelled(String step) throws Throwable {
        WorkflowRun run = Pipelines.start(jenkins, "hanging", "node {\n" + Pipelines.MODEL + step + "\n}");
        Until.within(60, silent::asked, () -> JenkinsRule.getLog(run));
        aborted(run);
        jenkins.assertLogNotContains("WARNING", run);
    }

    @Test
    void aDeploymentIsTakenBackAndTheRecordSaysSo() throws Throwable {
        Pipelines.run(jenkins, Result.SUCCESS, VERSION_1_LIVE);
        WorkflowRun run = Pipelines.start(jenkins, "second", VERSION_2 + DEPLOY_2);
        Until.within(60, () -> poller.askedFor("2"), () -> JenkinsRule.getLog(run));
        aborted(run);
        jenkins.assertLogContains("rolled back  polled/churn serves churn/1 again", run);
        assertThat(directory.resolve("served/churn/2")).doesNotExist();
        assertThat(directory.resolve("served/churn/1/weights")).hasContent("weights");
        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered",
                        "deployment-started",
                        "deployed",
                        "registered",
                        "deployment-started",
                        "deployment-rolled-back");
    }

    @Test
    void aTimeoutAroundADeploymentTakesItBack() throws Exception {
        Pipelines.run(jenkins, Result.SUCCESS, VERSION_1_LIVE);
        WorkflowRun run = Pipelines.run(
                jenkins, Result.ABORTED, VERSION_2 + "timeout(time: 3, unit: 'SECONDS') {\n" + DEPLOY_2 + "}");
        jenkins.assertLogContains("rolled back  polled/churn serves churn/1 again", run);
        assertThat(Delivery.events("churn")).endsWith("deployment-started", "deployment-rolled-back");
    }

    @Test
    void theBuildEndsWithinTheGraceTimeAlsoIfTheServerHangs() throws Throwable {
        System.setProperty(AbortTimeout.PROPERTY, "2");
        Pipelines.run(jenkins, Result.SUCCESS, VERSION_1_LIVE);
        WorkflowRun run = Pipelines.start(jenkins, "second", VERSION_2 + DEPLOY_2);
        Until.within(60, () -> poller.askedFor("2"), () -> JenkinsRule.getLog(run));
        poller.hang();
        aborted(run);
        jenkins.assertLogContains("before everything was restored", run);
    }

    @Test
    void stoppingTwiceEndsTheBuildAtOnce() throws Throwable {
        Pipelines.run(jenkins, Result.SUCCESS, VERSION_1_LIVE);
        WorkflowRun run = Pipelines.start(jenkins, "second", VERSION_2 + DEPLOY_2);
        Until.within(60, () -> poller.askedFor("2"), () -> JenkinsRule.getLog(run));
        poller.hang();
        run.doStop();
        Until.within(60, poller::asked, () -> JenkinsRule.getLog(run));
        aborted(run);
    }

    @Test
    void whatWaitsForApprovalEndsAndTheRecordSaysThatNobodyNeedApprove() throws Throwable {
        Delivery.guard();
        WorkflowRun run = Pipelines.start(
                jenkins,
                "promoting",
                VERSION_2 + "promoteModel registry: 'main', model: 'churn/1', to: '" + Delivery.GUARDED + "'");
        jenkins.waitForMessage("for approval of", run);
        aborted(run);
        assertThat(Delivery.events("churn")).containsExactly("registered", "approval-requested", "approval-cancelled");
        assertThat(Delivery.waiting()).isZero();
    }
}
