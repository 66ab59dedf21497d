package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.PolicySection;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.run.PendingApprovals;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What a Pipeline needs while it waits is not taken away from it. */
class InUseByBuildsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    private static void withoutRegistry(ModelDeliveryConfiguration configuration) throws Exception {
        configuration.change(() -> configuration.setRegistries(List.of()));
    }

    private static void withoutPolicy(ModelDeliveryConfiguration configuration) throws Exception {
        configuration.change(() -> configuration.setPolicies(PolicySection.read(Json.object())));
    }

    private static void refused(ThrowingCallable change, String... because) {
        assertThatThrownBy(change).isInstanceOf(DeliveryException.class).hasMessageContainingAll(because);
    }

    @Test
    void theRegistryAndTheGuardingPolicyOfAWaitingPromotionStayAlsoAfterARestart() throws Throwable {
        String[] url = new String[1];
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            Approving.policy(directory, 1, "group:ml-leads");
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "training");
            job.setDefinition(new CpsFlowDefinition(Approving.SCRIPT, true));
            WorkflowRun run = Approving.waiting(jenkins, job, "ann");
            url[0] = run.getUrl() + "model-delivery/approvals/" + Approving.id(run) + "/approve";
        });
        sessions.then(jenkins -> {
            Approving.people(jenkins);
            ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("training", WorkflowJob.class)
                    .getBuildByNumber(1);
            Until.within(90, () -> !PendingApprovals.get().of(run).isEmpty(), () -> "nobody waits");
            try (ACLContext as = ACL.as2(User.getById("administrator", true).impersonate2())) {
                refused(
                        () -> withoutRegistry(configuration),
                        "The registry main is used by the build training #1, which is under way.");
                refused(() -> withoutPolicy(configuration), "The policy production is used by the build training #1");
            }
            assertThat(ApiClient.of(jenkins, "ben").form(url[0], "").status()).isEqualTo(200);
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            withoutPolicy(configuration);
            withoutRegistry(configuration);
            assertThat(configuration.getRegistries()).isEmpty();
        });
    }
}
