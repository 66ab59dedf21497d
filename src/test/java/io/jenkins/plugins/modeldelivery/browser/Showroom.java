package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.TextParameterDefinition;
import hudson.model.TextParameterValue;
import io.jenkins.plugins.darktheme.DarkThemeSystemManagerFactory;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.builders.ModelDeliveryBuilder;
import io.jenkins.plugins.modeldelivery.builders.ModelDeliveryPublisher;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.steps.DeliverModelStep;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import io.jenkins.plugins.thememanager.ThemeManagerPageDecorator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import jenkins.model.Jenkins;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * A Jenkins with a history, made by real deliveries: what passed, failed, waits, was refused, rolled out; and names that try
 * to break out of a page. The password of each user is the name of the user: {@code ann} delivers, {@code lea} approves, {@code admin}
 * administers.
 */
final class Showroom implements AutoCloseable {
    static final String REGISTRY = "main";
    static final String CHURN = "churn";
    static final String ROLLOUT = "rollout";
    static final String COMMENT = "<script>alert('comment')</script><b>ship</b>";
    static final String OWNER = "<script>alert('tag')</script>";

    private static final int LONGEST = 200;

    /** As long and as hostile as a name may be that a registry takes; a slash may not be in it. */
    static final String HOSTILE = longest("<script>alert(1)<img src=x onerror=alert(1)>&quot;'\"`${7*7}", "x");

    static final String RIGHT_TO_LEFT = longest("نموذج التسرب \u202e", "تجريبي");

    private static final String RULES = """
            {"gates": {"tabular": {"baseline": "champion", "checks": [
               "auc >= 0.85", "auc >= baseline - 0.005", "auc{country=*} >= 0.80 with n >= 200",
               "log_loss <= baseline + 10%", "accuracy >= 0.80 with confidence 95%"]}},
             "policies": {"staging": {"alias": "challenger", "gates": ["tabular"], "requiredTags": ["owner"]},
               "production": {"alias": "champion", "from": ["challenger"], "gates": ["tabular"], "maxEvidenceAge": "7d",
                 "requiredTags": ["owner"], "approvals": {"count": 1, "from": ["user:lea"], "notRequester": true}}}}
            """;

    private static final String METRICS = """
            [{"name": "auc", "value": %1$s, "n": 5000}, {"name": "log_loss", "value": 0.31}, %2$s
             {"name": "auc", "value": 0.871, "n": 900, "slice": {"country": "DE"}},
             {"name": "auc", "value": %3$s, "n": 700, "slice": {"country": "FR"}}]
            """;

    private final JenkinsRule jenkins;
    private final Rollouts rollouts = new Rollouts();

    private Showroom(JenkinsRule jenkins) throws IOException {
        this.jenkins = jenkins;
    }

    /** @param directory for the registry and the serving targets */
    static Showroom open(JenkinsRule jenkins, Path directory) throws Exception {
        Showroom room = new Showroom(jenkins);
        room.configure(directory);
        room.deliver();
        return room;
    }

    private static String longest(String start, String more) {
        return (start + more.repeat(LONGEST)).substring(0, LONGEST);
    }

    @Override
    public void close() {
        rollouts.close();
    }

    private void configure(Path directory) {
        // Light or dark, as the browser prefers.
        ThemeManagerPageDecorator.get().setTheme(new DarkThemeSystemManagerFactory());
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("lea")
                .grant(
                        Jenkins.READ,
                        Item.READ,
                        Item.BUILD,
                        ModelDeliveryPermissions.PROMOTE,
                        ModelDeliveryPermissions.DEPLOY)
                .everywhere()
                .to("ann")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(new DirectoryRegistryConfiguration(
                REGISTRY, directory.resolve("registry").toString())));
        var edge = new DirectoryTargetConfiguration(
                "edge", directory.resolve("served").toString());
        var polled = new DirectoryTargetConfiguration(
                "polled", directory.resolve("polled").toString());
        polled.setServer(rollouts.url().toString());
        configuration.setTargets(List.of(edge, polled));
        var rules = Json.read(RULES.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "The rules");
        configuration.setGates(JsonRules.gates(rules.path("gates")));
        configuration.setPolicies(JsonRules.policies(rules.path("policies")));
    }

    private void deliver() throws Exception {
        WorkflowJob churn = job(jenkins.jenkins, CHURN, CHURN, "churn-team");
        approved(start(churn, "0.902", "0.843", true), "The new data set is in.");
        ended(start(churn, "0.841", "0.792", true), Result.FAILURE);
        ended(start(churn, "0.899", "0.851", false), Result.FAILURE);
        approved(start(churn, "0.911", "0.862", true), "Better in France.");
        waiting(start(churn, "0.915", "0.871", true));
        ended(start(job(jenkins.jenkins, "refused", "refused", ""), "0.92", "0.9", true), Result.FAILURE);
        WorkflowJob hostile = job(jenkins.jenkins, "hostile", HOSTILE, OWNER);
        approved(start(hostile, "0.92", "0.9", true), COMMENT);
        waiting(start(hostile, "0.93", "0.9", true));
        waiting(start(job(jenkins.jenkins, "right-to-left", RIGHT_TO_LEFT, RIGHT_TO_LEFT), "0.93", "0.9", true));
        rollOut();
        Folder team = jenkins.createProject(Folder.class, "team");
        waiting(start(job(team, "fraud", "fraud", "fraud-team"), "0.92", "0.9", true));
        jenkins.createProject(Folder.class, "idle");
        freestyle();
    }

    private void freestyle() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("freestyle");
        GateOnMetricsStep gate = new GateOnMetricsStep();
        gate.setGate("tabular");
        DeployModelStep deploy = new DeployModelStep();
        deploy.setEndpoint("edge");
        job.getBuildersList()
                .addAll(List.of(
                        new ModelDeliveryBuilder(new RegisterModelStep(HOSTILE)),
                        new ModelDeliveryBuilder(gate),
                        new ModelDeliveryBuilder(new PromoteModelStep("champion")),
                        new ModelDeliveryBuilder(deploy),
                        new ModelDeliveryBuilder(new DeliverModelStep())));
        job.getPublishersList().add(new ModelDeliveryPublisher(List.of(new PromoteModelStep("champion"), deploy)));
    }

    private void rollOut() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, ROLLOUT);
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'model/weights', text: "w${env.BUILD_NUMBER}"
                    writeFile file: 'request.json', text: '{"inputs": [{"name": "x", "datatype": "FP64", "shape": [1], "data": [1]}]}'
                    registerModel name: 'rollout', path: 'model', tags: [owner: 'serving-team']
                    deployModel target: 'polled', endpoint: 'rollout', smokeTest: [request: 'request.json']
                }
                """, true));
        ended(job.scheduleBuild2(0).waitForStart(), Result.SUCCESS);
        rollouts.failOnce();
        ended(job.scheduleBuild2(0).waitForStart(), Result.FAILURE);
    }

    /** @param owner "" for none, which the policies refuse */
    private WorkflowJob job(ModifiableTopLevelItemGroup parent, String name, String model, String owner)
            throws Exception {
        WorkflowJob job = (WorkflowJob)
                parent.createProject(jenkins.jenkins.getDescriptorByType(WorkflowJob.DescriptorImpl.class), name, true);
        job.addProperty(new ParametersDefinitionProperty(new TextParameterDefinition("METRICS", "", "")));
        String tags = (owner.isEmpty() ? "" : "owner: " + groovy(owner) + ", ") + "dataset: 'churn-2026-11'";
        job.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'model/weights', text: "w${env.BUILD_NUMBER}"
                    writeFile file: 'metrics.json', text: params.METRICS
                    registerModel name: %s, path: 'model', metrics: 'metrics.json', tags: [%s]
                }
                gateOnMetrics gate: 'tabular'
                promoteModel to: 'challenger'
                promoteModel to: 'champion'
                deployModel target: 'edge', endpoint: '%s'
                """.formatted(groovy(model), tags, name), true));
        return job;
    }

    private static String groovy(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private WorkflowRun start(WorkflowJob job, String auc, String french, boolean accuracy) throws Exception {
        String measured = accuracy
                ? "{\"name\": \"accuracy\", \"value\": 0.86, \"n\": 5000},"
                : "{\"name\": \"accuracy\", \"value\": 0.86},";
        String metrics = String.format(Locale.ROOT, METRICS, auc, measured, french);
        return job.scheduleBuild2(
                        0,
                        new CauseAction(new Cause.UserIdCause("ann")),
                        new ParametersAction(new TextParameterValue("METRICS", metrics)))
                .waitForStart();
    }

    /** One more build that waits for its promotion, of a job and a model of its own, for a test that ends this wait. */
    WorkflowRun anotherWaiting(String job) throws Exception {
        return waiting(start(job(jenkins.jenkins, job, job, "churn-team"), "0.92", "0.9", true));
    }

    private WorkflowRun waiting(WorkflowRun run) throws Exception {
        jenkins.waitForMessage("waiting      for approval of", run);
        return run;
    }

    private void approved(WorkflowRun run, String comment) throws Exception {
        waiting(run);
        PendingApprovals.get().of(run).get(0).approve(new Approval("lea", List.of(), Instant.now(), comment, false));
        ended(run, Result.SUCCESS);
    }

    private void ended(WorkflowRun run, Result result) throws Exception {
        jenkins.waitForCompletion(run);
        assertThat(run.getResult()).as(JenkinsRule.getLog(run)).isEqualTo(result);
    }
}
