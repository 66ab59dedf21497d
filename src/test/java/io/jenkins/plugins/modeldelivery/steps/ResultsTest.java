package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Sandboxed scripts read every result, also one that they kept in a variable while the controller restarted. */
class ResultsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private static final String READ = """
            echo "registered ${m.name} ${m.version} ${m.registry} ${m.uri} ${m.url} ${m.digest} ${m.metrics.auc}"
            echo "created ${m.created}"
            echo "json ${m}"
            echo "gate ${g.verdict} ${g.passed} ${g.model} ${g.report.checks[0].metric} ${g.report.checks.size()}"
            echo "promotion ${p.name} ${p.version} ${p.registry} ${p.alias} ${p.previous} ${p.changed} ${p.policy} ${p.decision}"
            echo "deployment ${d.name} ${d.version} ${d.registry} ${d.target} ${d.endpoint} ${d.state} ${d.changed}"
            echo "delivery ${a.registered.version} ${a.gate.verdict} ${a.promotion.previous} ${a.deployment.state}"
            """;

    private static final String SCRIPT = """
            def m, g, p, d, a
            node {
                writeFile file: 'model/weights.bin', text: 'weights'
                writeFile file: 'metrics.json', text: '{"auc": 0.91}'
                writeFile file: 'delivery.yaml', text: '''
                    register: {name: churn, path: model/weights.bin, metrics: metrics.json}
                    gate: {checks: [auc >= 0.9]}
                    promote: {to: champion}
                    deploy: {target: edge, endpoint: other}
                    '''
                m = registerModel name: 'churn', path: 'model', metrics: 'metrics.json'
                g = gateOnMetrics checks: 'auc >= 0.9'
                p = promoteModel to: 'champion'
                d = deployModel endpoint: 'churn'
                a = deliverModel()
            }
            %1$s
            sleep 5
            %1$s
            """.formatted(READ);

    private static void assertRead(JenkinsRule j, WorkflowRun run) throws Exception {
        j.assertLogContains("registered churn 1 main models:/churn/1 null sha256:", run);
        j.assertLogContains(" 0.91", run);
        j.assertLogContains("created 20", run);
        j.assertLogContains("json {\"name\":\"churn\"", run);
        j.assertLogContains("gate PASSED true churn/1 auc 1", run);
        j.assertLogContains("promotion churn 1 main champion null true null [:]", run);
        j.assertLogContains("deployment churn 1 main edge churn live true", run);
        j.assertLogContains("delivery 2 PASSED 1 live", run);
    }

    @Test
    void beforeAndAfterARestart() throws Throwable {
        sessions.then(j -> {
            Delivery.configure(directory);
            WorkflowJob job = j.createProject(WorkflowJob.class, "p");
            job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            j.waitForMessage("Sleeping for 5 sec", run);
            assertRead(j, run);
            assertThat(run.isBuilding()).isTrue();
        });
        sessions.then(j -> {
            WorkflowRun run =
                    j.jenkins.getItemByFullName("p", WorkflowJob.class).getBuildByNumber(1);
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertRead(j, run);
            assertThat(run.getLog().split("delivery 2 PASSED 1 live", -1)).hasSize(3);
        });
    }
}
