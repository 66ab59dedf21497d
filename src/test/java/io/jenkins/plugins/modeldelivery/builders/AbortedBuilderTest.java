package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.operation.AbortTimeout;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.MlflowRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builders that wait until an approval or an abort. */
@WithJenkins
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class AbortedBuilderTest {
    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private FreeStyleProject job(Builder... builders) throws Exception {
        return Freestyle.job(jenkins, Map.of("model/weights.bin", "weights"), builders);
    }

    private static RegisterModelStep register() {
        RegisterModelStep step = new RegisterModelStep("churn");
        step.setPath("model");
        return step;
    }

    private static void guardChampion() {
        ObjectNode policies = Json.object();
        policies.putObject("production")
                .put("alias", "champion")
                .putObject("approvals")
                .put("count", 1);
        ModelDeliveryConfiguration.get().setPolicies(JsonRules.policies(policies));
    }

    private PendingApproval pending(FreeStyleBuild build) throws Exception {
        jenkins.waitForMessage("waiting      for approval of churn/1", build);
        return PendingApprovals.get().of(build).get(0);
    }

    private FreeStyleBuild aborted(FreeStyleBuild build) throws Exception {
        build.doStop();
        jenkins.waitForCompletion(build);
        return jenkins.assertBuildStatus(Result.ABORTED, build);
    }

    @Test
    void aPromotionGoesOnAsSoonAsItIsApproved() throws Exception {
        guardChampion();
        FreeStyleBuild build = job(
                        new ModelDeliveryBuilder(register()),
                        new ModelDeliveryBuilder(new PromoteModelStep("champion")))
                .scheduleBuild2(0)
                .waitForStart();

        pending(build).approve(new Approval("ben", List.of(), Clock.systemUTC().instant(), "fine", false));

        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
        assertThat(Delivery.events("churn")).contains("promoted");
    }

    @Test
    void aBuildThatWaitsForAnApprovalCanBeAborted() throws Exception {
        guardChampion();
        FreeStyleBuild build = job(
                        new ModelDeliveryBuilder(register()),
                        new ModelDeliveryBuilder(new PromoteModelStep("champion")))
                .scheduleBuild2(0)
                .waitForStart();
        pending(build);

        aborted(build);

        assertThat(PendingApprovals.get().of(build)).isEmpty();
        assertThat(Delivery.events("churn")).doesNotContain("promoted");
    }

    @Test
    void aPostBuildActionThatWaitsIsAbortedAndNotCalledAFailure() throws Exception {
        guardChampion();
        FreeStyleProject job = job(new ModelDeliveryBuilder(register()));
        job.getPublishersList().add(new ModelDeliveryPublisher(List.of(new PromoteModelStep("champion"))));
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        pending(build);

        jenkins.assertLogNotContains("\tat ", aborted(build));
    }

    @Test
    void anAbortDoesNotWaitForAServerThatHangs() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ModelDeliveryConfiguration.get()
                    .setRegistries(List.of(
                            new MlflowRegistryConfiguration("hangs", "http://127.0.0.1:" + server.getLocalPort())));
            FreeStyleBuild build =
                    job(new ModelDeliveryBuilder(register())).scheduleBuild2(0).waitForStart();
            try (Socket asked = server.accept()) {
                assertThat(asked.isConnected()).isTrue();
                aborted(build);
            }
        }
    }

    /**
     * Version 1 is live, version 2 never gets ready.
     *
     * @return the build that waits for it
     */
    private FreeStyleBuild rollingOut(MockWebServer server, BooleanSupplier hangs) throws Exception {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                boolean second = request.getTarget().contains("/versions/2/");
                MockResponse.Builder reply =
                        new MockResponse.Builder().code(second ? 503 : 200).body("{}");
                return (hangs.getAsBoolean() ? reply.headersDelay(1, TimeUnit.HOURS) : reply).build();
            }
        });
        server.start();
        DirectoryTargetConfiguration target = new DirectoryTargetConfiguration(
                "edge", directory.resolve("served").toString());
        target.setServer(server.url("/").toString());
        ModelDeliveryConfiguration.get().setTargets(List.of(target));
        FreeStyleProject job =
                job(new ModelDeliveryBuilder(register()), new ModelDeliveryBuilder(new DeployModelStep()));
        jenkins.buildAndAssertSuccess(job);
        ModelDeliveryBuilder first = job.getBuildersList().get(ModelDeliveryBuilder.class);
        ((RegisterModelStep) first.getOperation()).setDescription("another");
        FreeStyleBuild build = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waiting      ", build);
        assertThat(directory.resolve("served/churn/2")).exists();
        return build;
    }

    @Test
    void aRolloutThatIsAbortedIsTakenBack() throws Exception {
        try (MockWebServer server = new MockWebServer()) {
            aborted(rollingOut(server, () -> false));

            assertThat(directory.resolve("served/churn/1/weights.bin")).hasContent("weights");
            assertThat(directory.resolve("served/churn/2")).doesNotExist();
            assertThat(Delivery.events("churn")).endsWith("deployment-started", "deployment-rolled-back");
        }
    }

    @Test
    void whatCannotBeTakenBackInTimeIsLeftAndTheLogSaysSo() throws Exception {
        AtomicBoolean hangs = new AtomicBoolean();
        System.setProperty(AbortTimeout.PROPERTY, "2");
        try (MockWebServer server = new MockWebServer()) {
            FreeStyleBuild build = rollingOut(server, hangs::get);
            hangs.set(true);

            jenkins.assertLogContains("stopped      before everything was restored", aborted(build));
        } finally {
            System.clearProperty(AbortTimeout.PROPERTY);
        }
    }
}
