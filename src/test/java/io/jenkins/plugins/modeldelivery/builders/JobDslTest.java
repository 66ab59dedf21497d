package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.steps.DeliverModelStep;
import io.jenkins.plugins.modeldelivery.steps.DeliveryStep;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javaposse.jobdsl.plugin.ExecuteDslScripts;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** A seed job makes jobs with the builders, by their symbols. */
@WithJenkins
class JobDslTest {
    /** The only one on the page. */
    private static String script() throws Exception {
        String page = Files.readString(Path.of(System.getProperty("project.root"), "docs/freestyle.md"));
        Matcher block = Pattern.compile("```groovy\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    private static FreeStyleProject made(JenkinsRule j, String script) throws Exception {
        FreeStyleProject seed = j.createFreeStyleProject();
        ExecuteDslScripts scripts = new ExecuteDslScripts();
        scripts.setUseScriptText(true);
        scripts.setScriptText(script);
        seed.getBuildersList().add(scripts);
        j.buildAndAssertSuccess(seed);
        return j.jenkins.getItemByFullName("churn", FreeStyleProject.class);
    }

    private static <S extends DeliveryStep> S built(FreeStyleProject job, int index, Class<S> type) {
        List<ModelDeliveryBuilder> builders = job.getBuildersList().getAll(ModelDeliveryBuilder.class);
        return type.cast(builders.get(index).getOperation());
    }

    private static <S extends DeliveryStep> S published(FreeStyleProject job, int index, Class<S> type) {
        ModelDeliveryPublisher publisher = job.getPublishersList().get(ModelDeliveryPublisher.class);
        return type.cast(publisher.getOperations().get(index));
    }

    @Test
    void theScriptOfTheDocumentationMakesItsJob(JenkinsRule j) throws Exception {
        FreeStyleProject job = made(j, script());

        RegisterModelStep register = built(job, 0, RegisterModelStep.class);
        assertThat(register.getName()).isEqualTo("churn");
        assertThat(register.getMetrics()).isEqualTo("metrics.json");
        GateOnMetricsStep gate = built(job, 1, GateOnMetricsStep.class);
        assertThat(gate.getChecks()).isEqualTo("auc >= $LEAST");
        assertThat(gate.getOnFailure()).isEqualTo("unstable");
        assertThat(published(job, 0, PromoteModelStep.class).getTo()).isEqualTo("champion");
        DeployModelStep deploy = published(job, 1, DeployModelStep.class);
        assertThat(deploy.getTarget()).isEqualTo("edge");
        assertThat(deploy.isRollback()).isTrue();
        assertThat(deploy.getSmokeTest().getRequest()).isEqualTo("request.json");
    }

    @Test
    void everyOperationHasTheNameOfItsStep(JenkinsRule j) throws Exception {
        FreeStyleProject job = made(j, """
                freeStyleJob('churn') {
                    steps {
                        modelDelivery { operation { promoteModel { to('challenger') } } }
                        modelDelivery { operation { deployModel { target('staging') } } }
                        modelDelivery { operation { deliverModel { file('other.yaml') } } }
                    }
                    publishers {
                        modelDelivery {
                            operations { deployModel { target('edge') } }
                            evenIfUnstable(true)
                        }
                    }
                }
                """);
        assertThat(built(job, 0, PromoteModelStep.class).getTo()).isEqualTo("challenger");
        assertThat(built(job, 1, DeployModelStep.class).getTarget()).isEqualTo("staging");
        assertThat(built(job, 2, DeliverModelStep.class).getFile()).isEqualTo("other.yaml");
        assertThat(published(job, 0, DeployModelStep.class).getTarget()).isEqualTo("edge");
        assertThat(job.getPublishersList().get(ModelDeliveryPublisher.class).isEvenIfUnstable())
                .isTrue();
    }
}
