package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.RestartListener;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Steps that wait while the controller is restarted. */
@Timeout(300)
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private Poller poller;

    @BeforeEach
    void start() throws Exception {
        poller = new Poller();
    }

    @AfterEach
    void close() {
        poller.close();
    }

    private void target() {
        DirectoryTargetConfiguration polled = new DirectoryTargetConfiguration(
                "polled", directory.resolve("served").toString());
        polled.setServer(poller.url());
        ModelDeliveryConfiguration.get().setTargets(List.of(polled));
    }

    /** No server listens at the address of the registry. */
    private static void registryAway() {
        ModelDeliveryConfiguration.get()
                .setRegistries(List.of(new MlflowRegistryConfiguration("main", "http://127.0.0.1:1/")));
    }

    private static WorkflowRun run(String job) {
        return Jenkins.get().getItemByFullName(job, WorkflowJob.class).getLastBuild();
    }

    private static WorkflowRun succeeded(JenkinsRule rule, String job) throws Exception {
        return rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run(job)));
    }

    @Test
    void everyVerbWaitsForARegistryThatIsAwayAndGoesOnAfterTheRestart() throws Throwable {
        Map<String, String> steps = new TreeMap<>(Map.of(
                "registering", "def m = registerModel name: 'churn', path: 'model'\necho \"version ${m.version}\"",
                "gating", "gateOnMetrics model: 'fraud/1', checks: 'auc >= 0.9'",
                "promoting", "promoteModel model: 'fraud/1', to: 'champion'",
                "deploying", "deployModel model: 'fraud/1', target: 'edge', endpoint: 'fraud'",
                "delivering",
                        "writeFile file: 'delivery.yaml', text: 'register: {name: tumour, path: model}'\n"
                                + "def all = deliverModel()\necho \"version ${all.registered.version}\""));
        session.then(rule -> {
            rule.jenkins.setNumExecutors(steps.size());
            Delivery.configure(directory);
            Pipelines.run(
                    rule,
                    Result.SUCCESS,
                    "node {\n" + Pipelines.MODEL
                            + "registerModel name: 'fraud', path: 'model', metricValues: [auc: 0.95]\n}");
            registryAway();
            for (String job : steps.keySet()) {
                WorkflowRun run = Pipelines.start(rule, job, "node {\n" + Pipelines.MODEL + steps.get(job) + "\n}");
                rule.waitForMessage("waiting      ", run);
            }
        });
        session.then(rule -> {
            for (String job : steps.keySet()) {
                assertThat(run(job).isBuilding()).as(job).isTrue();
            }
            Delivery.configure(directory);
            for (String job : steps.keySet()) {
                succeeded(rule, job);
            }
            rule.assertLogContains("version 1", run("registering"));
            rule.assertLogContains("version 1", run("delivering"));
            assertThat(Delivery.events("churn")).containsExactly("registered");
            assertThat(Delivery.events("tumour")).containsExactly("registered");
            assertThat(Delivery.events("fraud"))
                    .containsExactlyInAnyOrder(
                            "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
        });
    }

    @Test
    void aDeploymentWaitsForItsServerThroughARestartAndHoldsNothingUp() throws Throwable {
        session.then(rule -> {
            Delivery.configure(directory);
            target();
            WorkflowRun run = Pipelines.start(rule, "deploying", "def m\nnode {\n" + Pipelines.MODEL + """
                    m = registerModel name: 'churn', path: 'model', metricValues: [auc: 0.95]
                    def d = deployModel target: 'polled', endpoint: 'churn'
                    echo "${m.name}/${m.version} of ${m.metrics.auc} is ${d.state}"
                    }
                    """);
            rule.waitForMessage("the server is loading it", run);
            Until.within(30, RestartListener::isAllReady, () -> "a safe restart would wait");
            rule.jenkins.doQuietDown(true, 30_000, null, false);
            assertThat(rule.jenkins.isQuietingDown()).isTrue();
        });
        session.then(rule -> {
            assertThat(run("deploying").isBuilding()).isTrue();
            poller.load("1");
            succeeded(rule, "deploying");
            rule.assertLogContains("churn/1 of 0.95 is live", run("deploying"));
            assertThat(Delivery.events("churn")).containsExactly("registered", "deployment-started", "deployed");
        });
    }

    /** What the shutdown breaks off is no answer of the server. */
    @Test
    void aRestartDuringASmokeTestTakesNothingBack() throws Throwable {
        session.then(rule -> {
            Delivery.configure(directory);
            target();
            poller.load("1");
            poller.hangOn("/infer");
            Pipelines.start(rule, "deploying", "node {\n" + Pipelines.MODEL + """
                    registerModel name: 'churn', path: 'model'
                    writeFile file: 'request.json', text: '{"inputs": []}'
                    deployModel target: 'polled', endpoint: 'churn', smokeTest: smokeTest(request: 'request.json')
                    }
                    """);
            Until.within(120, () -> poller.askedTo("/infer"), () -> JenkinsRule.getLog(run("deploying")));
        });
        poller.answer();
        session.then(rule -> {
            succeeded(rule, "deploying");
            assertThat(JenkinsRule.getLog(run("deploying")))
                    .doesNotContain("failed ")
                    .doesNotContain("Socket closed");
            assertThat(Delivery.events("churn")).containsExactly("registered", "deployment-started", "deployed");
        });
    }

    @Test
    void anApprovalIsWaitedForThroughTwoRestarts() throws Throwable {
        session.then(rule -> {
            Delivery.configure(directory);
            Delivery.guard();
            WorkflowRun run = Pipelines.start(
                    rule,
                    "promoting",
                    "node {\n" + Pipelines.MODEL
                            + "registerModel name: 'churn', path: 'model'\n}\npromoteModel to: 'approved'");
            rule.waitForMessage("for approval of", run);
        });
        session.then(rule -> Until.within(60, () -> Delivery.waiting() == 1, () -> "nobody waits"));
        session.then(rule -> {
            Until.within(60, () -> Delivery.waiting() == 1, () -> "nobody waits");
            Delivery.approve();
            succeeded(rule, "promoting");
            assertThat(Delivery.events("churn"))
                    .containsExactly("registered", "approval-requested", "approved", "alias-move-started", "promoted");
        });
    }

    @Test
    void anUploadThatTheShutdownInterruptsGoesOnAfterwards() throws Throwable {
        session.then(rule -> {
            Delivery.configure(directory);
            WorkflowRun run = Pipelines.start(rule, "uploading", """
                    node {
                        sh 'mkdir -p model && head -c 400M /dev/zero > model/weights'
                        registerModel name: 'churn', path: 'model'
                    }
                    """);
            Path journals = run.getRootDir().toPath().resolve("model-delivery");
            Until.within(120, () -> Delivery.state(journals).equals("uploading"), () -> JenkinsRule.getLog(run));
        });
        session.then(rule -> {
            succeeded(rule, "uploading");
            assertThat(Delivery.events("churn")).containsExactly("registered");
            rule.assertLogNotContains("ClosedByInterrupt", run("uploading"));
        });
    }

    @Test
    void whoeverIsStoppedRightAfterARestartEnds() throws Throwable {
        session.then(rule -> {
            Delivery.configure(directory);
            registryAway();
            WorkflowRun run = Pipelines.start(rule, "promoting", "promoteModel model: 'fraud/1', to: 'champion'");
            rule.waitForMessage("waiting      ", run);
        });
        session.then(rule -> {
            // Jenkins loads it by itself; a request for it at that moment may prevent that its step resumes.
            Path log = rule.jenkins.getRootDir().toPath().resolve("jobs/promoting/builds/1/log");
            Until.within(60, () -> Files.readString(log).contains("Resuming build"), () -> "it is not resumed");
            run("promoting").doStop();
            rule.assertBuildStatus(Result.ABORTED, rule.waitForCompletion(run("promoting")));
        });
    }
}
