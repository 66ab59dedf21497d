package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void theScriptOfTheDocumentationMakesItsJob(JenkinsRule j) throws Exception {
        FreeStyleProject job = made(j, script());

        RegisterModelStep register =
                job.getBuildersList().get(RegisterModelBuilder.class).getStep();
        assertThat(register.getName()).isEqualTo("churn");
        assertThat(register.getMetrics()).isEqualTo("metrics.json");
        GateOnMetricsStep gate =
                job.getBuildersList().get(GateOnMetricsBuilder.class).getStep();
        assertThat(gate.getChecks()).isEqualTo("auc >= $LEAST");
        assertThat(gate.getOnFailure()).isEqualTo("unstable");
        assertThat(job.getPublishersList()
                        .get(PromoteModelPublisher.class)
                        .getStep()
                        .getTo())
                .isEqualTo("champion");
        DeployModelStep deploy =
                job.getPublishersList().get(DeployModelPublisher.class).getStep();
        assertThat(deploy.getTarget()).isEqualTo("edge");
        assertThat(deploy.isRollback()).isTrue();
        assertThat(deploy.getSmokeTest().getRequest()).isEqualTo("request.json");
    }

    @Test
    void theOtherBuildersHaveSymbolsToo(JenkinsRule j) throws Exception {
        FreeStyleProject job = made(j, """
                freeStyleJob('churn') {
                    steps {
                        promoteModelBuilder { step { to('challenger') } }
                        deployModelBuilder { step { target('staging') } }
                        deliverModelBuilder { step { file('other.yaml') } }
                    }
                    publishers {
                        deployModelPublisher {
                            step { target('edge') }
                            evenIfUnstable(true)
                        }
                    }
                }
                """);
        assertThat(job.getBuildersList()
                        .get(PromoteModelBuilder.class)
                        .getStep()
                        .getTo())
                .isEqualTo("challenger");
        assertThat(job.getBuildersList().get(DeployModelBuilder.class).getStep().getTarget())
                .isEqualTo("staging");
        assertThat(job.getBuildersList()
                        .get(DeliverModelBuilder.class)
                        .getStep()
                        .getFile())
                .isEqualTo("other.yaml");
        assertThat(job.getPublishersList().get(DeployModelPublisher.class).isEvenIfUnstable())
                .isTrue();
    }
}
