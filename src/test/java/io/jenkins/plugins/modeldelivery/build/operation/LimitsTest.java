package io.jenkins.plugins.modeldelivery.build.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.AliasConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Other items cannot use restricted entries; the message contains the rule only. */
@WithJenkins
class LimitsTest {
    private static final String REGISTER = "registerModel name: 'churn', path: 'model'";

    @TempDir
    private Path directory;

    private DirectoryRegistryConfiguration registry(String name, String items) {
        DirectoryRegistryConfiguration registry =
                new DirectoryRegistryConfiguration(name, directory.resolve(name).toString());
        registry.setItems(items);
        return registry;
    }

    private DirectoryTargetConfiguration target(String name, String items) {
        DirectoryTargetConfiguration target = new DirectoryTargetConfiguration(
                name, directory.resolve("served-" + name).toString());
        target.setItems(items);
        return target;
    }

    private void configure() {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        DirectoryRegistryConfiguration shared = registry("shared", "");
        shared.setDefaultRegistry(true);
        configuration.setRegistries(List.of(registry("vault", "team-a/**"), shared));
        configuration.setTargets(List.of(target("edge", "team-a/**"), target("cellar", "")));
        AliasConfiguration prod = new AliasConfiguration("prod-*");
        prod.setItems("team-a/*");
        configuration.setAliases(List.of(prod));
        configuration.setPolicies(JsonRules.policies(Json.object()
                .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                        "production",
                        Json.object()
                                .put("alias", "champion")
                                .set("items", Json.object().arrayNode().add("team-a/**")))));
    }

    private static String script(String... steps) {
        StringBuilder script = new StringBuilder("node {\n writeFile file: 'model/w', text: 'w'\n");
        for (String step : steps) {
            script.append("try { ").append(step).append("; echo 'done' } catch (e) { echo \"told: ${e.message}\" }\n");
        }
        return script.append("}").toString();
    }

    @Test
    void whatIsLimitedToOthersIsRefusedByItsRule(JenkinsRule j) throws Exception {
        configure();
        Folder theirs = j.createProject(Folder.class, "team-b");
        WorkflowRun run = j.buildAndAssertSuccess(Jobs.in(
                theirs,
                script(
                        REGISTER + ", registry: 'vault'",
                        REGISTER + ", registry: 'vaul'",
                        REGISTER + ", registry: 'nothing'",
                        REGISTER,
                        "promoteModel to: 'prod-eu'",
                        "promoteModel to: 'champion'",
                        "deployModel target: 'edge'",
                        "deployModel target: 'edg'")));
        assertThat(told(run))
                .containsExactly(
                        "told: The item team-b/job may not use the registry vault: that is limited to other items"
                                + " (Manage Jenkins, Model Delivery).",
                        "told: There is no registry vaul; there are: shared.",
                        "told: There is no registry nothing; there are: shared.",
                        "done",
                        "told: The item team-b/job may not move the alias prod-eu: that is limited to other items"
                                + " (Manage Jenkins, Model Delivery).",
                        "told: churn/1 may not become champion: it must be promoted by an item of Jenkins that the"
                                + " policy admits.",
                        "told: The item team-b/job may not use the serving target edge: that is limited to other items"
                                + " (Manage Jenkins, Model Delivery).",
                        "told: There is no serving target edg; there are: cellar.");
        assertThat(directory.resolve("vault")).doesNotExist();
        assertThat(directory.resolve("served-edge")).doesNotExist();
        assertThat(DeliveryRuntime.records().events("shared", "churn"))
                .extracting(event -> event.draft().type().text())
                .containsExactly("registered", "policy-recorded", "promotion-refused");
    }

    @Test
    void thoseItIsMeantForUseIt(JenkinsRule j) throws Exception {
        configure();
        Folder ours = j.createProject(Folder.class, "team-a");
        WorkflowRun run = j.buildAndAssertSuccess(Jobs.in(
                ours,
                script(
                        REGISTER + ", registry: 'vaul'",
                        REGISTER + ", registry: 'vault'",
                        "promoteModel to: 'prod-eu'",
                        "promoteModel to: 'champion'",
                        "deployModel target: 'edge'")));
        assertThat(told(run))
                .containsExactly(
                        "told: There is no registry vaul; did you mean vault?", "done", "done", "done", "done");
        assertThat(directory.resolve("served-edge/churn/1/w")).hasContent("w");
    }

    @Test
    void withoutANameTheOnlyOneThatAnItemMayUseIsMeant(JenkinsRule j) throws Exception {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(registry("a", "team-a/*"), registry("b", "team-b/*")));
        Folder ours = j.createProject(Folder.class, "team-a");
        j.buildAndAssertSuccess(Jobs.in(ours, script(REGISTER)));
        assertThat(directory.resolve("a/models/churn")).isDirectory();
        assertThat(directory.resolve("b")).doesNotExist();

        WorkflowRun none = j.buildAndAssertStatus(
                Result.FAILURE, Jobs.in(j.createProject(Folder.class, "team-c"), "node { " + REGISTER + " }"));
        j.assertLogContains("The item team-c/job may use no registry: each of the 2 configured ones", none);
    }

    private static List<String> told(WorkflowRun run) throws Exception {
        return JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.startsWith("told: ") || line.equals("done"))
                .toList();
    }
}
