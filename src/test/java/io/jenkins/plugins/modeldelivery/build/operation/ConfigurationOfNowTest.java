package io.jenkins.plugins.modeldelivery.build.operation;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.RegistryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What administrators change while a build waits counts from then on. */
@WithJenkins
class ConfigurationOfNowTest {
    private static final String OLD = "Bearer " + PlantedSecrets.TOKEN;
    private static final String NEW = "Bearer " + PlantedSecrets.NEXT_TOKEN;
    private static final String REGISTER = "registerModel name: 'churn', source: 'runs:/r/model', registry: 'mlflow'";

    private FakeMlflow mlflow;

    @BeforeEach
    void start() throws Exception {
        mlflow = new FakeMlflow(OLD).start();
        mlflow.become("PENDING_REGISTRATION");
    }

    @AfterEach
    void stop() {
        mlflow.close();
    }

    private static void configure(RegistryConfiguration... registries) {
        ModelDeliveryConfiguration.get().setRegistries(List.of(registries));
    }

    private WorkflowRun waiting(JenkinsRule j, String script) throws Exception {
        Stored.inJenkins(Stored.token("token", PlantedSecrets.TOKEN));
        configure(Jobs.mlflow("mlflow", mlflow.url(), "token"));
        WorkflowRun run = Jobs.with(j.createProject(WorkflowJob.class), script)
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("the registry is still working on", run);
        return run;
    }

    @Test
    void aRegistryThatWasRenamedEndsTheBuildWithItsName(JenkinsRule j) throws Exception {
        WorkflowRun run = waiting(j, REGISTER);
        configure(Jobs.mlflow("tracking", mlflow.url(), "token"));
        j.assertBuildStatus(Result.FAILURE, j.waitForCompletion(run));
        j.assertLogContains("The registry mlflow, with which this began, was deleted or renamed since", run);
    }

    @Test
    void anOperationStaysInItsRegistryThoughAnotherHasBecomeTheDefault(JenkinsRule j) throws Exception {
        WorkflowRun run = waiting(j, REGISTER.replace(", registry: 'mlflow'", ""));
        try (FakeMlflow other = new FakeMlflow(OLD).start()) {
            RegistryConfiguration next = Jobs.mlflow("other", other.url(), "token");
            next.setDefaultRegistry(true);
            configure(next, Jobs.mlflow("mlflow", mlflow.url(), "token"));
            mlflow.become("READY");
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(other.shown()).isEmpty();
        }
        assertThat(DeliveryRuntime.records().events("mlflow", "churn")).hasSize(1);
    }

    @Test
    void aRegistryThatHasMovedIsFoundAtItsNewAddress(JenkinsRule j) throws Exception {
        WorkflowRun run = waiting(j, REGISTER);
        try (FakeMlflow moved = new FakeMlflow(OLD).start()) {
            configure(Jobs.mlflow("mlflow", moved.url(), "token"));
            j.assertBuildStatusSuccess(j.waitForCompletion(run));
            assertThat(moved.shown()).isNotEmpty();
        }
    }

    @Test
    void credentialsThatWereRotatedAreUsedFromThenOn(JenkinsRule j) throws Exception {
        WorkflowRun run = waiting(j, REGISTER);
        mlflow.accept(OLD, NEW);
        Stored.inJenkins(Stored.token("token", PlantedSecrets.NEXT_TOKEN));
        Until.within(60, () -> mlflow.shown().contains(NEW), () -> "shown: " + mlflow.shown());
        mlflow.accept(NEW);
        mlflow.become("READY");
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        assertThat(mlflow.shown().get(mlflow.shown().size() - 1)).isEqualTo(NEW);
    }
}
