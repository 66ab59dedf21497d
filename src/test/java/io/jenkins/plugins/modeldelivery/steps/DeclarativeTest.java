package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps in Declarative Pipeline, and with and without an agent. */
@WithJenkins
class DeclarativeTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private void register() throws Exception {
        run(Result.SUCCESS, """
                node {
                    writeFile file: 'model.bin', text: 'weights'
                    registerModel name: 'churn', path: 'model.bin', metricValues: [auc: 0.91]
                }
                """);
    }

    @Test
    void allStepsInStages() throws Exception {
        run(Result.SUCCESS, """
                pipeline {
                    agent none
                    stages {
                        stage('Train') {
                            agent any
                            steps {
                                writeFile file: 'model/weights.bin', text: 'weights'
                                writeFile file: 'other/model.bin', text: 'other'
                                writeFile file: 'other/delivery.yaml', text: 'register: {name: other, path: model.bin}'
                                deliverModel file: 'other/delivery.yaml'
                                registerModel name: 'churn', path: 'model', metricValues: [auc: 0.91], tags: [owner: 'ann']
                            }
                        }
                        stage('Gate') {
                            steps { gateOnMetrics model: 'churn/1', checks: 'auc >= 0.9', onFailure: 'unstable' }
                        }
                        stage('Promote') { steps { promoteModel to: 'champion', model: 'churn/1' } }
                        stage('Deploy') { steps { deployModel(target: 'edge', model: 'churn@champion') } }
                    }
                }
                """);
        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
        assertThat(Delivery.events("other")).containsExactly("registered");
    }

    @Test
    void whatTouchesNoWorkspaceNeedsNoNode() throws Exception {
        register();
        run(Result.SUCCESS, """
                gateOnMetrics model: 'churn/1', checks: 'auc >= 0.9'
                promoteModel model: 'churn/1', to: 'champion'
                deployModel model: 'churn@champion', target: 'edge'
                """);
        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
    }

    @Test
    void whatTouchesTheWorkspaceSaysSoInOneLine() throws Exception {
        register();
        for (String step : new String[] {
            "registerModel name: 'churn', path: 'model'",
            "registerModel name: 'churn', runId: 'r', metrics: 'metrics.json'",
            "gateOnMetrics model: 'churn/1', checks: 'auc >= 0.9', metrics: 'metrics.json'",
            "deployModel model: 'churn/1', smokeTest: smokeTest('request.json')",
            "deliverModel()"
        }) {
            WorkflowRun run = run(Result.FAILURE, step);
            jenkins.assertLogContains(
                    "ERROR: " + step.replaceAll("\\W.*", "")
                            + " reads files of the workspace, so it must run inside node { … } or on an agent.",
                    run);
            jenkins.assertLogNotContains("\tat ", run);
        }
    }

    @Test
    void aConfiguredGateKeepsWhatItSaysOfAMissingBaseline() throws Exception {
        register();
        var gates = Json.object();
        gates.putObject("strict")
                .put("baseline", "champion")
                .put("onMissingBaseline", "fail")
                .putArray("checks")
                .add("auc >= baseline");
        ModelDeliveryConfiguration.get().setGates(JsonRules.gates(gates));
        run(Result.FAILURE, "gateOnMetrics model: 'churn/1', gate: 'strict'");
        run(Result.SUCCESS, "gateOnMetrics model: 'churn/1', gate: 'strict', onMissingBaseline: 'pass'");
    }

    @Test
    void aWrongParameterIsNamedAndNothingIsDone() throws Exception {
        register();
        jenkins.assertLogContains(
                "ERROR: gateOnMetrics: onFailure",
                run(Result.FAILURE, "gateOnMetrics model: 'churn/1', checks: 'auc >= 0.9', onFailure: 'unstabel'"));
        jenkins.assertLogContains(
                "ERROR: deployModel: smokeTest.absoluteTolerance",
                run(
                        Result.FAILURE,
                        "deployModel model: 'churn/1', smokeTest: smokeTest(request: 'r', absoluteTolerance: 'much')"));
        assertThat(Delivery.events("churn")).containsExactly("registered");
    }
}
