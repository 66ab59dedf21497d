package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.steps.DeliverModelStep;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import io.jenkins.plugins.modeldelivery.steps.Steps;
import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlOption;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The form of each builder, which is that of its step, through a browser. */
@WithSharedJenkins
class BuilderFormsTest {
    /** Loads a job with both in its configuration page and saves it. */
    private static FreeStyleProject saved(JenkinsRule j, ModelDeliveryBuilder... builders) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        for (ModelDeliveryBuilder builder : builders) {
            job.getBuildersList().add(builder);
        }
        return j.configRoundtrip(job);
    }

    private static void assertSame(JenkinsRule j, ModelDeliveryBuilder... builders) throws Exception {
        FreeStyleProject job = saved(j, builders);
        assertThat(job.getBuildersList()).hasSize(builders.length);
        for (int i = 0; i < builders.length; i++) {
            ModelDeliveryBuilder after =
                    (ModelDeliveryBuilder) job.getBuildersList().get(i);
            assertThat(after).isNotSameAs(builders[i]);
            assertSameStep(j, builders[i].getOperation(), after.getOperation());
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
                new ModelDeliveryBuilder(Steps.registerAll()),
                new ModelDeliveryBuilder(Steps.gateAll()),
                new ModelDeliveryBuilder(Steps.promoteAll()),
                new ModelDeliveryBuilder(Steps.deployAll()),
                new ModelDeliveryBuilder(Steps.deliverAll()));
    }

    @Test
    void whatIsLeftBlankStaysBlank(JenkinsRule j) throws Exception {
        assertSame(
                j,
                new ModelDeliveryBuilder(new RegisterModelStep("churn")),
                new ModelDeliveryBuilder(new GateOnMetricsStep()),
                new ModelDeliveryBuilder(new PromoteModelStep("champion")),
                new ModelDeliveryBuilder(new DeployModelStep()),
                new ModelDeliveryBuilder(new DeliverModelStep()));
    }

    @Test
    void oddCharactersComeBackAsTheyWereEntered(JenkinsRule j) throws Exception {
        RegisterModelStep register = new RegisterModelStep(Steps.ODD);
        register.setDescription(Steps.ODD + "\nsecond line");
        register.setPath("model/" + Steps.ODD);
        register.setTags(Map.of("owner", Steps.ODD, "formula", "a=b"));
        GateOnMetricsStep gate = new GateOnMetricsStep();
        gate.setChecks("# \"why\"\n\"macro avg.f1-score\" >= 0.8\nauc{country='é'} > 0");
        assertSame(j, new ModelDeliveryBuilder(register), new ModelDeliveryBuilder(gate));
    }

    @Test
    void whatRunsAfterTheBuildHasTheSameForm(JenkinsRule j) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject();
        List<DeliveryStep> operations = List.of(Steps.promoteAll(), Steps.deployAll(), new PromoteModelStep("another"));
        ModelDeliveryPublisher before = new ModelDeliveryPublisher(operations);
        before.setEvenIfUnstable(true);
        job.getPublishersList().add(before);

        j.configRoundtrip(job);

        ModelDeliveryPublisher after = job.getPublishersList().get(ModelDeliveryPublisher.class);
        assertThat(after).isNotSameAs(before);
        assertThat(after.isEvenIfUnstable()).isTrue();
        assertThat(after.getOperations()).hasSameSizeAs(operations);
        for (int i = 0; i < operations.size(); i++) {
            assertSameStep(j, operations.get(i), after.getOperations().get(i));
        }
    }

    @Test
    void anOperationIsChosenFromTheDropDown(JenkinsRule j) throws Exception {
        FreeStyleProject job = saved(j, new ModelDeliveryBuilder(new RegisterModelStep("churn")));
        HtmlPage page = j.createWebClient().getPage(job, "configure");
        HtmlForm form = page.getFormByName("config");
        HtmlSelect operations = form.querySelector(".model-delivery-form select.dropdownList");
        assertThat(operations.getOptions())
                .extracting(HtmlOption::getText)
                .containsExactly(DeliveryStep.DeliveryStepDescriptor.inOrder().stream()
                        .map(Descriptor::getDisplayName)
                        .toArray(String[]::new));
        operations.setSelectedIndex(2);
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        form.getInputByName("_.to").setValue("champion");
        j.submit(form);

        assertThat(job.getBuildersList().get(ModelDeliveryBuilder.class).getOperation())
                .isInstanceOfSatisfying(
                        PromoteModelStep.class, step -> assertThat(step.getTo()).isEqualTo("champion"));
    }
}
