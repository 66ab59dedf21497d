package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.RestartDeclarativePipelineAction;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The same step again: in retry, parallel, loops, Replay and Restart from Stage. */
@WithJenkins
@Timeout(240)
class RepeatedStepsTest {
    private static final String REGISTER = "registerModel name: 'churn', path: 'model'\n";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private static List<String> list(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> versions() throws IOException {
        return list(directory.resolve("registry/models/churn/versions"));
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        return Pipelines.run(jenkins, expected, "node {\n" + Pipelines.MODEL + script + "\n}");
    }

    @Test
    void retryTakesUpWhatTheFailedAttemptBegan() throws Exception {
        Path blobs = directory.resolve("registry/blobs");
        WorkflowRun run = run(Result.SUCCESS, """
                sh 'mkdir -p %s && touch %s'
                int attempts = 0
                retry(3) {
                    if (attempts++ > 0) {
                        sh 'rm -f %s'
                    }
                    registerModel name: 'churn', path: 'model', alias: 'candidate'
                }
                echo "attempts ${attempts}"
                """.formatted(blobs.getParent(), blobs, blobs));
        jenkins.assertLogContains("attempts 2", run);
        jenkins.assertLogContains("what an earlier registerModel of this build did not end", run);
        assertThat(versions()).hasSize(1);
        assertThat(Delivery.events("churn")).containsExactly("registered", "alias-move-started", "alias-moved");
        assertThat(list(run.getRootDir().toPath().resolve("model-delivery"))).hasSize(1);
    }

    @Test
    void retryAroundRegistrationAndGateMakesOneVersion() throws Exception {
        run(Result.SUCCESS, """
                double needed = 0.99
                retry(3) {
                    registerModel name: 'churn', path: 'model', metricValues: [auc: 0.95]
                    String check = "auc >= ${needed}"
                    needed = 0.9
                    gateOnMetrics checks: check
                }
                """);
        assertThat(versions()).hasSize(1);
        assertThat(Delivery.events("churn")).containsExactly("registered", "gated", "gated");
    }

    @Test
    void equalStepsInParallelHappenOnce() throws Exception {
        String branch = "{ " + REGISTER + "promoteModel model: 'churn/1', to: 'champion' }";
        WorkflowRun run = run(Result.SUCCESS, "parallel(a: %s, b: %s, c: %s)".formatted(branch, branch, branch));
        assertThat(versions()).as(JenkinsRule.getLog(run)).hasSize(1);
        assertThat(Delivery.events("churn")).containsExactly("registered", "alias-move-started", "promoted");
    }

    @Test
    void differentStepsInParallelEachHappen() throws Exception {
        run(
                Result.SUCCESS,
                "parallel(a: { registerModel name: 'churn', path: 'model', tags: [of: 'a'] },"
                        + " b: { registerModel name: 'churn', path: 'model', tags: [of: 'b'] })");
        assertThat(versions()).hasSize(2);
        assertThat(Delivery.events("churn")).containsExactly("registered", "registered");
    }

    @Test
    void aLoopFindsTheVersionThatItsFirstTurnMade() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                def found = []
                for (int i = 0; i < 3; i++) {
                    def m = registerModel name: 'churn', path: 'model'
                    found << m.version
                }
                echo "versions ${found}"
                """);
        jenkins.assertLogContains("versions [1, 1, 1]", run);
        assertThat(Delivery.events("churn")).containsExactly("registered");
    }

    @Test
    void catchErrorGoesOnAfterAFailedGate() throws Exception {
        WorkflowRun run = run(Result.UNSTABLE, """
                registerModel name: 'churn', path: 'model', metricValues: [auc: 0.5]
                catchError(buildResult: 'UNSTABLE', stageResult: 'FAILURE') {
                    gateOnMetrics checks: 'auc >= 0.9'
                }
                echo 'went on'
                """);
        jenkins.assertLogContains("went on", run);
        jenkins.assertLogContains("The gate rejects churn/1", run);
    }

    private WorkflowRun replay(WorkflowRun run, String script) throws Exception {
        var item = (Queue.WaitingItem) run.getAction(ReplayAction.class).run2(script, Map.of());
        return (WorkflowRun) jenkins.assertBuildStatus(
                Result.SUCCESS, (Run<?, ?>) item.getFuture().get());
    }

    @Test
    void replayFindsTheVersionUnlessSomethingHasChanged() throws Exception {
        WorkflowRun first = run(Result.SUCCESS, REGISTER);
        String script = "node {\n" + Pipelines.MODEL + REGISTER + "\n}";
        WorkflowRun same = replay(first, script);
        jenkins.assertLogContains("found        churn/1", same);
        assertThat(versions()).hasSize(1);
        replay(first, script.replace("text: 'weights'", "text: 'others'"));
        assertThat(versions()).hasSize(2);
        assertThat(Delivery.events("churn")).containsExactly("registered", "registered");
    }

    @Test
    void restartFromStageFindsTheVersion() throws Throwable {
        WorkflowRun first = Pipelines.run(jenkins, Result.SUCCESS, """
                pipeline {
                    agent any
                    stages {
                        stage('model') {
                            steps {
                                writeFile file: 'model/weights', text: 'weights'
                            }
                        }
                        stage('register') {
                            steps {
                                registerModel name: 'churn', path: 'model'
                                promoteModel to: 'champion'
                            }
                        }
                    }
                }
                """);
        first.getAction(RestartDeclarativePipelineAction.class).run("register");
        Until.within(60, () -> first.getNextBuild() != null, () -> "no second build");
        WorkflowRun second = first.getNextBuild();
        jenkins.waitForCompletion(second);
        jenkins.assertBuildStatus(Result.SUCCESS, second);
        jenkins.assertLogContains("found        churn/1", second);
        assertThat(versions()).hasSize(1);
        assertThat(Delivery.events("churn")).containsExactly("registered", "alias-move-started", "promoted");
    }

    @Test
    void whatFailsBeforeItHasBegunEndsTheBuild() throws Exception {
        WorkflowRun run = Pipelines.run(jenkins, Result.FAILURE, "promoteModel to: 'champion'");
        jenkins.assertLogContains("promoteModel needs a model", run);
    }

    @Test
    void anUnstableGateMarksItsNode() throws Exception {
        WorkflowRun run = run(Result.UNSTABLE, """
                registerModel name: 'churn', path: 'model', metricValues: [auc: 0.5]
                gateOnMetrics checks: 'auc >= 0.9', onFailure: 'unstable'
                """);
        FlowNode gate = Pipelines.nodes(run, "gateOnMetrics").get(0);
        assertThat(gate.getPersistentAction(WarningAction.class).getResult()).isEqualTo(Result.UNSTABLE);
        assertThat(gate.getPersistentAction(WarningAction.class).getMessage()).isEqualTo("churn/1 FAILED");
        assertThat(gate.getPersistentAction(LabelAction.class).getDisplayName()).isEqualTo("churn/1 FAILED");
    }

    @Test
    void anInconclusiveGateMarksItsNodeAlsoWhereTheBuildGoesOn() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                registerModel name: 'churn', path: 'model', metricValues: [auc: 0.95]
                gateOnMetrics checks: 'auc >= 0.9 with n >= 100', onFailure: 'continue'
                """);
        FlowNode gate = Pipelines.nodes(run, "gateOnMetrics").get(0);
        assertThat(gate.getPersistentAction(WarningAction.class).getMessage()).contains("INCONCLUSIVE");
        assertThat(gate.getPersistentAction(LabelAction.class).getDisplayName()).contains("INCONCLUSIVE");
    }
}
