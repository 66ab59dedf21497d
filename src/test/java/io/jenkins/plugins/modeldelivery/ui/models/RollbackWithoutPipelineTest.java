package io.jenkins.plugins.modeldelivery.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.modeldelivery.build.record.RollbackStarter;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller, with real class loaders, on which no Pipeline can run. */
class RollbackWithoutPipelineTest {
    @RegisterExtension
    private final RealJenkinsExtension controller = new RealJenkinsExtension()
            .omitPlugins(
                    "workflow-cps",
                    "workflow-multibranch",
                    "pipeline-groovy-lib",
                    "pipeline-model-definition",
                    "pipeline-model-extensions");

    @Test
    void thePageSaysWhatToRunInstead() throws Throwable {
        controller.then(RollbackWithoutPipelineTest::look);
    }

    private static void look(JenkinsRule j) throws Exception {
        assertThat(j.jenkins.getPlugin("workflow-cps")).isNull();
        assertThat(ExtensionList.lookup(RollbackStarter.class)).isEmpty();
        FreeStyleProject job = j.createFreeStyleProject("free");
        j.buildAndAssertSuccess(job);
        Records.of("free", "churn")
                .promoted("champion", "1")
                .event(
                        "promoted",
                        "2",
                        Json.object().put("alias", "champion").put("from", "1").put("to", "2"));
        HtmlPage page = j.createWebClient().goTo("models/registry/main/churn/rollback/?alias=champion");
        assertThat(page.asNormalizedText())
                .contains("Move champion back from version 2 to version 1.")
                .contains("free is not a Pipeline that can run with other steps")
                .contains("promoteModel model: 'churn/1', to: 'champion', registry: 'main'");
    }
}
