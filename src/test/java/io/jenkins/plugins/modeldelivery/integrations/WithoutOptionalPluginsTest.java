package io.jenkins.plugins.modeldelivery.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import io.jenkins.plugins.modeldelivery.build.operation.OutcomeListener;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller, with real class loaders, without the plugins that receive the outcomes of operations. */
class WithoutOptionalPluginsTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension().omitPlugins("checks-api", "metrics");

    @Test
    void aDeliveryGoesOnAndNobodyIsTold() throws Throwable {
        controller.then(WithoutOptionalPluginsTest::deliver);
    }

    private static void deliver(JenkinsRule j) throws Exception {
        assertThat(j.jenkins.getPlugin("checks-api")).isNull();
        assertThat(j.jenkins.getPlugin("metrics")).isNull();
        assertThat(ExtensionList.lookup(OutcomeListener.class)).isEmpty();
        Delivery.configure(Path.of(j.jenkins.getRootDir().getPath()));
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'weights', text: 'weights'
                    registerModel name: 'churn', path: 'weights', metricValues: [auc: 0.91]
                    gateOnMetrics checks: 'auc >= 0.9'
                }
                """, true));
        j.buildAndAssertSuccess(job);
    }
}
