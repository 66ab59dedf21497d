package io.jenkins.plugins.modeldelivery.integrations.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import hudson.model.Result;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jenkins.metrics.api.Metrics;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What real builds count. */
@WithJenkins
class DeliveryMetricsTest {
    private static final String PREFIX = DeliveryMetrics.PREFIX;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private void run(Result expected, String steps) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(
                new CpsFlowDefinition("node {\nwriteFile file: 'weights', text: 'weights'\n" + steps + "\n}", true));
        jenkins.buildAndAssertStatus(expected, job);
    }

    /** What is not 0 any more, without our prefix. */
    private static Map<String, Long> counted() {
        MetricRegistry registry = Metrics.metricRegistry();
        return registry.getCounters((name, metric) -> name.startsWith(PREFIX)).entrySet().stream()
                .filter(counter -> counter.getValue().getCount() != 0)
                .collect(Collectors.toMap(
                        counter -> counter.getKey().substring(PREFIX.length()),
                        counter -> counter.getValue().getCount(),
                        Long::sum,
                        TreeMap::new));
    }

    @Test
    void verbsOfPipelinesAreCountedByWhatTheyCameTo() throws Exception {
        String register = "registerModel name: 'churn', path: 'weights', metricValues: [auc: 0.91]\n";
        run(Result.SUCCESS, register + """
                gateOnMetrics checks: 'auc >= 0.9'
                promoteModel to: 'champion'
                promoteModel to: 'champion'
                deployModel target: 'edge', endpoint: 'churn'
                """);
        run(Result.FAILURE, register + "gateOnMetrics checks: 'auc >= 0.95'");
        run(Result.FAILURE, "gateOnMetrics model: 'nobody/1', checks: 'auc >= 0.95'");
        assertThat(counted())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "registrations", 2L,
                        "gates.passed", 1L,
                        "gates.failed", 1L,
                        "refusals.gate_failed", 1L,
                        "promotions", 1L,
                        "deployments", 1L,
                        "problems.not_found", 1L));
        assertThat(Metrics.metricRegistry()
                        .getTimers()
                        .get(PREFIX + "duration.gate")
                        .getCount())
                .isEqualTo(2);
    }

    @Test
    void aWholeDeliveryCountsEachOfItsVerbs() throws Exception {
        run(Result.SUCCESS, """
                writeFile file: 'delivery.yaml', text: '''
                    register: {name: churn, path: weights, metricValues: {auc: 0.92}}
                    gate: {checks: [auc >= 0.9]}
                    promote: {to: champion}
                    deploy: {target: edge, endpoint: churn}
                    '''
                deliverModel()
                """);
        assertThat(counted())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("registrations", 1L, "gates.passed", 1L, "promotions", 1L, "deployments", 1L));
    }

    @Test
    void whatWaitsForPeopleIsCountedAsLongAsItWaits() throws Exception {
        Delivery.guard();
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'weights', text: 'weights'
                    registerModel name: 'churn', path: 'weights'
                }
                promoteModel to: '%s'
                """.formatted(Delivery.GUARDED), true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        jenkins.waitForMessage("waiting      for approval of churn/1", run);
        assertThat(waiting()).isEqualTo(1);
        Delivery.approve();
        jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
        assertThat(waiting()).isEqualTo(0);
        assertThat(counted()).containsEntry("promotions", 1L);
    }

    private static Object waiting() {
        return Metrics.metricRegistry()
                .getGauges()
                .get(PREFIX + "approvals.waiting")
                .getValue();
    }

    @Test
    void allNamesAreThereFromTheStartAndNoneIsAboutAModel() throws Exception {
        SortedSet<String> before = Metrics.metricRegistry().getNames();
        assertThat(before)
                .contains(
                        PREFIX + "gates.inconclusive",
                        PREFIX + "refusals.policy_unmet",
                        PREFIX + "problems.unreachable",
                        PREFIX + "duration.deliver",
                        PREFIX + "approvals.waiting");
        run(Result.SUCCESS, "registerModel name: 'secret-model', path: 'weights'");
        assertThat(Metrics.metricRegistry().getNames().stream().filter(name -> name.startsWith(PREFIX)))
                .containsExactlyElementsOf(
                        before.stream().filter(name -> name.startsWith(PREFIX)).toList())
                .noneMatch(name -> name.contains("secret"));
    }
}
