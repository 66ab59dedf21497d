package io.jenkins.plugins.modeldelivery.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.integrations.checks.Published;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What docs/integrations.md says, held against what happens. */
@WithJenkins
class IntegrationsDocTest {
    private static final Pattern EXAMPLE = Pattern.compile("```groovy\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern METRIC = Pattern.compile("`(model_delivery\\.[a-z_.]+)`([^|]*)\\|([^|]*)\\|");
    private static final Pattern PART = Pattern.compile("`\\.?([a-z_]+)`");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private String page;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Delivery.configure(directory);
        page = Files.readString(Path.of(System.getProperty("project.root"), "docs", "integrations.md"));
    }

    private WorkflowRun run(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, "churn");
        FilePath workspace = jenkins.jenkins.getWorkspaceFor(job);
        workspace.child("model/weights").write("weights", "UTF-8");
        workspace.child("metrics.json").write("{\"auc\": 0.91}", "UTF-8");
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.buildAndAssertStatus(expected, job);
    }

    @Test
    void thePipelineSaysWhatThePagePrints() throws Exception {
        var gates = Json.object();
        gates.putObject("tabular").putArray("checks").add("auc >= 0.9");
        ModelDeliveryConfiguration.get().setGates(JsonRules.gates(gates));
        String script =
                EXAMPLE.matcher(page).results().findFirst().orElseThrow().group(1);
        WorkflowRun run = run(Result.SUCCESS, script);
        String said = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.contains("churn/1 registered ·"))
                .findFirst()
                .orElseThrow();
        assertThat(page)
                .contains("\n" + said.replace(jenkins.getURL().toString(), "http://127.0.0.1:8080/jenkins/") + "\n");
    }

    @Test
    void theTableIsWhatAGateGives() throws Exception {
        List<ChecksDetails> published = Published.install().all();
        run(Result.FAILURE, """
                node {
                    registerModel name: 'churn', path: 'model', metrics: 'metrics.json'
                    gateOnMetrics checks: 'auc >= 0.95'
                }
                """);
        assertThat(published).hasSize(1);
        assertThat(page)
                .contains(published.get(0).getOutput().orElseThrow().getText().orElseThrow());
    }

    @Test
    void theNamesOfAllMetricsAreListed() {
        List<String> listed = METRIC.matcher(page)
                .results()
                .flatMap(IntegrationsDocTest::names)
                .toList();
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(Metrics.metricRegistry().getNames().stream()
                        .filter(name -> name.startsWith("model_delivery."))
                        .toList());
    }

    /** A name that ends with a dot goes on with each word of the next column; others may have endings beside them. */
    private static Stream<String> names(MatchResult row) {
        String name = row.group(1);
        if (name.endsWith(".")) {
            return PART.matcher(row.group(3)).results().map(part -> name + part.group(1));
        }
        String stem = name.substring(0, name.lastIndexOf('.') + 1);
        return Stream.concat(
                Stream.of(name), PART.matcher(row.group(2)).results().map(part -> stem + part.group(1)));
    }
}
