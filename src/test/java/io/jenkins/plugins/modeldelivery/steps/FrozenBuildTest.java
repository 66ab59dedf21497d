package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Builds that an earlier release left waiting: one for an approval, one for a server that loads a model. Their part of a
 * {@code JENKINS_HOME}, which {@link FrozenBuilds} made, is never created again after its release: a later release must be able
 * to read it.
 */
@Timeout(240)
class FrozenBuildTest {
    private static final String CONFIGURATION =
            "io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration.xml";

    @RegisterExtension
    private final JenkinsSessionExtension session = new JenkinsSessionExtension();

    private void thaw(String server) throws Exception {
        Path home = session.getHome().toPath();
        try (InputStream zip = FrozenBuildTest.class.getResourceAsStream("frozen-1.zip")) {
            new FilePath(home.toFile()).unzipFrom(zip);
        }
        Path configuration = home.resolve(CONFIGURATION);
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("@HOME@", home.toString())
                        .replace("@SERVER@", server));
    }

    private static WorkflowRun succeeded(JenkinsRule rule, String job) throws Exception {
        WorkflowRun run =
                Jenkins.get().getItemByFullName(job, WorkflowJob.class).getLastBuild();
        return rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
    }

    @Test
    void buildsOfTheFirstReleaseGoOn() throws Throwable {
        try (Poller poller = new Poller()) {
            poller.load("1");
            thaw(poller.url());
            session.then(rule -> {
                Until.within(60, () -> Delivery.waiting() == 1, () -> "nobody waits");
                Delivery.approve();
                succeeded(rule, "promoting");
                WorkflowRun run = succeeded(rule, "deploying");
                rule.assertLogContains("registered 1, state live", run);
                assertThat(Delivery.events("churn"))
                        .containsExactly(
                                "registered", "approval-requested", "approved", "alias-move-started", "promoted");
                assertThat(Delivery.events("fraud")).isEqualTo(List.of("registered", "deployment-started", "deployed"));
            });
        }
    }
}
