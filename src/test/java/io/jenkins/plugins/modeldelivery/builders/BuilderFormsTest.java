package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.steps.DeliverModelStep;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import io.jenkins.plugins.modeldelivery.steps.Steps;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The form of each builder, which is that of its step, through a browser. */
@WithSharedJenkins
class BuilderFormsTest {
    /** Loads a job with both in its configuration page and saves it. */
    private static FreeStyleProject saved(JenkinsRule j, DeliveryBuilder... builders) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        for (DeliveryBuilder builder : builders) {
            job.getBuildersList().add(builder);
        }
        return j.configRoundtrip(job);
    }

    private static void assertSame(JenkinsRule j, DeliveryBuilder... builders) throws Exception {
        FreeStyleProject job = saved(j, builders);
        assertThat(job.getBuildersList()).hasSize(builders.length);
        for (int i = 0; i < builders.length; i++) {
            DeliveryBuilder after = (DeliveryBuilder) job.getBuildersList().get(i);
            assertThat(after).isNotSameAs(builders[i]);
            assertSameStep(j, builders[i].step(), after.step());
        }
    }

    private static void assertSameStep(JenkinsRule j, DeliveryStep before, DeliveryStep after) throws Exception {
        assertThat(after.request(text -> text)).isEqualTo(before.request(text -> text));
        j.assertEqualDataBoundBeans(before, after);
    }

    @Test
    void everyFieldComesBackAsItWasEntered(JenkinsRule j) throws Exception {
        assertSame(
                j,
                new RegisterModelBuilder(Steps.registerAll()),
                new GateOnMetricsBuilder(Steps.gateAll()),
                new PromoteModelBuilder(Steps.promoteAll()),
                new DeployModelBuilder(Steps.deployAll()),
                new DeliverModelBuilder(Steps.deliverAll()));
    }

    @Test
    void whatIsLeftBlankStaysBlank(JenkinsRule j) throws Exception {
        assertSame(
                j,
                new RegisterModelBuilder(new RegisterModelStep("churn")),
                new GateOnMetricsBuilder(new GateOnMetricsStep()),
                new PromoteModelBuilder(new PromoteModelStep("champion")),
                new DeployModelBuilder(new DeployModelStep()),
                new DeliverModelBuilder(new DeliverModelStep()));
    }

    @Test
    void oddCharactersComeBackAsTheyWereEntered(JenkinsRule j) throws Exception {
        RegisterModelStep register = new RegisterModelStep(Steps.ODD);
        register.setDescription(Steps.ODD + "\nsecond line");
        register.setPath("model/" + Steps.ODD);
        register.setTags(java.util.Map.of("owner", Steps.ODD, "formula", "a=b"));
        GateOnMetricsStep gate = new GateOnMetricsStep();
        gate.setChecks("# \"why\"\n\"macro avg.f1-score\" >= 0.8\nauc{country='é'} > 0");
        assertSame(j, new RegisterModelBuilder(register), new GateOnMetricsBuilder(gate));
    }

    @Test
    void whatRunsAfterTheBuildHasTheSameForm(JenkinsRule j) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        PromoteModelPublisher promote = new PromoteModelPublisher(Steps.promoteAll());
        promote.setEvenIfUnstable(true);
        DeployModelPublisher deploy = new DeployModelPublisher(Steps.deployAll());
        job.getPublishersList().add(promote);
        job.getPublishersList().add(deploy);

        j.configRoundtrip(job);

        PromoteModelPublisher promoted = job.getPublishersList().get(PromoteModelPublisher.class);
        DeployModelPublisher deployed = job.getPublishersList().get(DeployModelPublisher.class);
        assertThat(promoted).isNotSameAs(promote);
        assertThat(promoted.isEvenIfUnstable()).isTrue();
        assertThat(deployed.isEvenIfUnstable()).isFalse();
        assertSameStep(j, promote.step(), promoted.step());
        assertSameStep(j, deploy.step(), deployed.step());
    }
}
