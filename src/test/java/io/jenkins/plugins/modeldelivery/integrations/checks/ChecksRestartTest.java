package io.jenkins.plugins.modeldelivery.integrations.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that goes down after the verdict and before the host has answered. */
@Timeout(300)
class ChecksRestartTest {
    private static final String SCRIPT = """
            node {
                writeFile file: 'weights', text: 'weights'
                registerModel name: 'churn', path: 'weights', metricValues: [auc: 0.91]
                gateOnMetrics checks: 'auc >= 0.9'
            }
            """;

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private static void hang() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("the controller goes down", e);
        }
    }

    @Test
    void theCheckIsPublishedAfterTheRestartAndTheGateIsNotEvaluatedAgain() throws Throwable {
        session.then(rule -> {
            Delivery.configure(directory);
            Published published = Published.install().with(ChecksRestartTest::hang);
            WorkflowJob job = rule.createProject(WorkflowJob.class, "job");
            job.setDefinition(new CpsFlowDefinition(SCRIPT, true));
            job.scheduleBuild2(0).waitForStart();
            published.awaitAsked();
        });
        session.then(rule -> {
            Published published = Published.install();
            WorkflowRun run =
                    Jenkins.get().getItemByFullName("job", WorkflowJob.class).getLastBuild();
            rule.assertBuildStatusSuccess(rule.waitForCompletion(run));
            assertThat(published.all())
                    .extracting(ChecksDetails::getName)
                    .allMatch(name -> name.equals(Optional.of("Model gate: churn")))
                    .isNotEmpty();
            assertThat(Delivery.events("churn")).containsExactly("registered", "gated");
        });
    }
}
