package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Later steps of a build do not accept a version that was refused or is undecided, even if the script catches the failure. */
@WithJenkins
@Timeout(240)
class EarlierRefusalsTest {
    private static final String REGISTER = "registerModel name: 'churn', path: 'model', metricValues: [auc: 0.7]\n";
    private static final String DEPLOY = "deployModel target: 'edge', endpoint: 'churn'\n";

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
        Delivery.close();
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        return Pipelines.run(jenkins, expected, "node {\n" + Pipelines.MODEL + REGISTER + script + "\n}");
    }

    private void assertNothingServed() {
        assertThat(directory.resolve("served")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateOnMetrics checks: 'auc >= 0.8'",
                "promoteModel to: 'champion'",
                "promoteModel model: 'churn/1', to: 'champion'"
            })
    void aRefusalThatAScriptCatchesStillStopsTheVersion(String refused) throws Exception {
        WorkflowRun build = run(Result.FAILURE, "catchError(stageResult: 'UNSTABLE') { " + refused + " }\n" + DEPLOY);
        jenkins.assertLogContains("deployModel does nothing with churn/1, since", build);
        assertNothingServed();
    }

    @Test
    void aVersionThatSomethingElseWasRefusedForGoesOn() throws Exception {
        run(Result.UNSTABLE, """
                catchError(buildResult: 'UNSTABLE') { promoteModel to: 'champion' }
                registerModel name: 'fraud', path: 'model'
                deployModel model: 'fraud/1', target: 'edge', endpoint: 'fraud'
                """);
        assertThat(directory.resolve("served/fraud/1")).isDirectory();
    }

    @Test
    void whoRepeatsTheStepWithSuccessGoesOn() throws Exception {
        run(Result.SUCCESS, """
                try { gateOnMetrics gate: 'none' , checks: 'auc >= 0.8' } catch (e) { echo "$e" }
                catchError(buildResult: 'SUCCESS') { gateOnMetrics checks: 'auc >= 0.6' }
                """ + DEPLOY);
        assertThat(directory.resolve("served/churn/1")).isDirectory();
    }

    @Test
    void aGateThatShallNotStopTheBuildDoesNot() throws Exception {
        run(Result.SUCCESS, "gateOnMetrics checks: 'auc >= 0.8', onFailure: 'continue'\n" + DEPLOY);
        assertThat(directory.resolve("served/churn/1")).isDirectory();
    }

    /** A dry run asks what would be. */
    @Test
    void aDryRunStopsNothing() throws Exception {
        run(Result.SUCCESS, """
                catchError(buildResult: 'SUCCESS') { promoteModel to: 'champion', dryRun: true }
                """ + DEPLOY);
        assertThat(directory.resolve("served/churn/1")).isDirectory();
    }

    /** There is no approval yet, and the other branch does not wait for one. */
    @Test
    void whatIsNotDecidedYetIsNotDeployedBesideIt() throws Exception {
        Delivery.guard();
        WorkflowRun build = Pipelines.start(jenkins, "beside", "node {\n" + Pipelines.MODEL + REGISTER + """
                parallel(
                    promote: { promoteModel to: 'approved' },
                    deploy: {
                        waitUntil { fileExists 'waiting' }
                        deployModel target: 'edge', endpoint: 'churn'
                    })
                }
                """);
        jenkins.waitForMessage("for approval of", build);
        jenkins.jenkins.getWorkspaceFor(build.getParent()).child("waiting").write("", "UTF-8");
        jenkins.waitForMessage("Failed in branch deploy", build);
        assertNothingServed();
        Until.within(60, () -> Delivery.waiting() == 1, () -> "it waits no more");
        Delivery.approve();
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(build));
        jenkins.assertLogContains("promoteModel of this build is still under way", build);
        assertThat(Delivery.events("churn")).contains("promoted").doesNotContain("deployed");
    }

    @Test
    void whatADeliveryRefusedIsNotDeployedByAStep() throws Exception {
        WorkflowRun build = run(Result.FAILURE, """
                writeFile file: 'delivery.yaml', text: 'model: churn/1\\npromote: {to: champion}'
                catchError { deliverModel() }
                deployModel model: 'churn/1', target: 'edge', endpoint: 'churn'
                """);
        jenkins.assertLogContains("since deliverModel of this build failed", build);
        assertNothingServed();
    }
}
