package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class DeliveryStepsTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    @Test
    void aModelGoesFromTheWorkspaceToItsEndpoint() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, """
                node {
                    writeFile file: 'model/weights.bin', text: 'weights'
                    writeFile file: 'metrics.json', text: '{"auc": 0.91}'
                    def m = registerModel name: 'churn', path: 'model', metrics: 'metrics.json', tags: [owner: 'ann']
                    echo "version ${m.version} of ${m.name} with ${m.metrics.auc}, ${m.digest}"
                    def g = gateOnMetrics checks: 'auc >= 0.9'
                    echo "verdict ${g.verdict}"
                    def p = promoteModel to: 'champion'
                    echo "changed ${p.changed}"
                    def d = deployModel target: 'edge', endpoint: 'churn'
                    echo "state ${d.state}"
                }
                """);
        jenkins.assertLogContains("version 1 of churn with 0.91, sha256:", run);
        jenkins.assertLogContains("verdict PASSED", run);
        jenkins.assertLogContains("changed true", run);
        jenkins.assertLogContains("state live", run);
        assertThat(directory.resolve("served/churn/1/weights.bin")).hasContent("weights");
        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
    }
}
