package io.jenkins.plugins.modeldelivery.integrations.checks;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Gates of builds whose commit is hosted where checks are shown. */
@WithJenkins
class GateChecksTest {
    private static final String REGISTER = """
            writeFile file: 'weights', text: 'weights'
            registerModel name: 'churn', path: 'weights', metricValues: [auc: 0.91]
            """;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private WorkflowRun run(Result expected, String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node {\n" + REGISTER + steps + "\n}", true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    private static ChecksDetails only(Published published) {
        assertThat(published.all()).hasSize(1);
        return published.all().get(0);
    }

    @Test
    void aGateThatPassesIsASuccessWithItsTable() throws Exception {
        Published published = Published.install();
        WorkflowRun run = run(Result.SUCCESS, "gateOnMetrics checks: 'auc >= 0.9'");
        ChecksDetails details = only(published);
        assertThat(details.getName()).contains("Model gate: churn");
        assertThat(details.getStatus()).isEqualTo(ChecksStatus.COMPLETED);
        assertThat(details.getConclusion()).isEqualTo(ChecksConclusion.SUCCESS);
        assertThat(details.getDetailsURL()).contains(jenkins.getURL() + run.getUrl() + "model-delivery/");
        assertThat(details.getCompletedAt()).isPresent();
        assertThat(details.getOutput().orElseThrow().getTitle()).contains("PASSED: 1 of 1 checks passed");
        assertThat(details.getOutput().orElseThrow().getText().orElseThrow())
                .contains("| auc &#62;&#61; 0.9 |  | 0.91 |  | 0.9 | 0.01 | PASSED |");
        jenkins.assertLogNotContains("Checks API", run);
    }

    @Test
    void aGateThatFailsIsAFailureAndOneThatMayIsNeutral() throws Exception {
        Published published = Published.install();
        run(Result.FAILURE, "gateOnMetrics checks: 'auc >= 0.95'");
        assertThat(only(published).getConclusion()).isEqualTo(ChecksConclusion.FAILURE);
        run(Result.SUCCESS, "gateOnMetrics checks: 'auc >= 0.95', onFailure: 'continue'");
        assertThat(published.all())
                .extracting(ChecksDetails::getConclusion)
                .containsExactly(ChecksConclusion.FAILURE, ChecksConclusion.NEUTRAL);
    }

    @Test
    void theGateOfAWholeDeliveryIsPublishedAndItsOtherVerbsAreNot() throws Exception {
        Published published = Published.install();
        run(Result.SUCCESS, """
                writeFile file: 'delivery.yaml', text: '''
                    register: {name: churn, path: weights, metricValues: {auc: 0.92}}
                    gate: {checks: [auc >= 0.9]}
                    promote: {to: champion}
                    '''
                deliverModel()
                """);
        assertThat(only(published).getOutput().orElseThrow().getText().orElseThrow())
                .contains("| 0.92 |");
    }

    @Test
    void aHostThatRefusesHurtsNoBuild() throws Exception {
        Published published = Published.install().with(() -> {
            throw new IllegalStateException("the host is away");
        });
        run(Result.SUCCESS, "gateOnMetrics checks: 'auc >= 0.9'");
        published.awaitAsked();
        assertThat(published.all()).isEmpty();
    }

    @Test
    void nothingIsPublishedWhereAnAdministratorHasSwitchedItOff() throws Exception {
        Published published = Published.install();
        System.setProperty(GateChecks.PUBLISH, "false");
        try {
            run(Result.SUCCESS, "gateOnMetrics checks: 'auc >= 0.9'");
        } finally {
            System.clearProperty(GateChecks.PUBLISH);
        }
        assertThat(published.all()).isEmpty();
    }

    @Test
    void aBuildOfNoHostedRepositoryIsNotToldThatItHasNone() throws Exception {
        WorkflowRun run = run(Result.SUCCESS, "gateOnMetrics checks: 'auc >= 0.9'");
        jenkins.assertLogNotContains("Checks API", run);
    }
}
