package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.EnvVars;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.slaves.DumbSlave;
import hudson.tasks.Builder;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.steps.DeliverModelStep;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.CaptureEnvironmentBuilder;
import org.jvnet.hudson.test.FailureBuilder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.UnstableBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What the builders do in builds. */
@WithJenkins
class FreestyleTest {
    private static final Map<String, String> FILES = Map.of(
            "model/weights.bin", "weights",
            "metrics.json", "{\"auc\": 0.91}",
            "churn/metrics.json", "{\"auc\": 0.91}",
            "churn/model.bin", "weights",
            "churn/delivery.yaml", """
                    register: {name: churn, path: model.bin, metrics: metrics.json}
                    gate: {checks: [auc >= 0.9]}
                    promote: {to: champion}
                    deploy: {target: edge, endpoint: churn}
                    """);

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        Delivery.configure(directory);
    }

    private FreeStyleProject job(Builder... builders) throws Exception {
        return Freestyle.job(jenkins, FILES, builders);
    }

    private static ModelDeliveryBuilder register(String name) {
        RegisterModelStep step = new RegisterModelStep(name);
        step.setPath("model");
        step.setMetrics("metrics.json");
        step.setTags(Map.of("owner", "ann"));
        return new ModelDeliveryBuilder(step);
    }

    private static ModelDeliveryBuilder gate(String checks, String onFailure) {
        GateOnMetricsStep step = new GateOnMetricsStep();
        step.setChecks(checks);
        step.setOnFailure(onFailure);
        return new ModelDeliveryBuilder(step);
    }

    private static PromoteModelStep promote() {
        return new PromoteModelStep("champion");
    }

    private static DeployModelStep deploy(String endpoint) {
        DeployModelStep step = new DeployModelStep();
        step.setEndpoint(endpoint);
        return step;
    }

    private static FreeStyleProject withPostBuild(FreeStyleProject job) throws Exception {
        job.getPublishersList().add(new ModelDeliveryPublisher(List.of(promote(), deploy("churn"))));
        return job;
    }

    @Test
    void aModelGoesFromTheWorkspaceToItsEndpointAndLaterBuildStepsKnowIt() throws Exception {
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();
        FreeStyleProject job = job(
                register("churn"),
                gate("auc >= 0.9", "fail"),
                new ModelDeliveryBuilder(promote()),
                new ModelDeliveryBuilder(deploy("churn")),
                after);

        jenkins.buildAndAssertSuccess(job);

        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
        assertThat(directory.resolve("served/churn/1/weights.bin")).hasContent("weights");
        EnvVars env = after.getEnvVars();
        assertThat(env)
                .containsEntry("MODEL_NAME", "churn")
                .containsEntry("MODEL_VERSION", "1")
                .containsEntry("MODEL_REGISTRY", "main")
                .containsEntry("GATE_VERDICT", "PASSED")
                .containsEntry("MODEL_ALIAS", "champion")
                .containsEntry("MODEL_ENDPOINT", "churn");
        assertThat(env.get("MODEL_URI")).endsWith("churn/1");
        assertThat(env.get("MODEL_DIGEST")).startsWith("sha256:");
    }

    private String root() {
        return String.valueOf(jenkins.jenkins.getRootUrl());
    }

    @Test
    void aDeliveryFileIsRunAndLaterBuildStepsKnowWhatItCameTo() throws Exception {
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();
        DeliverModelStep deliver = new DeliverModelStep();
        deliver.setFile("churn/delivery.yaml");

        jenkins.buildAndAssertSuccess(job(new ModelDeliveryBuilder(deliver), after));

        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
        assertThat(after.getEnvVars())
                .containsEntry("MODEL_DELIVERY_SUMMARY", "churn/1 registered, PASSED, is now champion, live at churn")
                .hasEntrySatisfying(
                        "MODEL_DELIVERY_URL",
                        url -> assertThat(url).startsWith(root()).endsWith("/1/model-delivery/"))
                .containsEntry("MODEL_VERSION", "1")
                .containsEntry("GATE_VERDICT", "PASSED")
                .containsEntry("MODEL_ALIAS", "champion")
                .containsEntry("MODEL_ENDPOINT", "churn");
    }

    @Test
    void whatWasSaidOfAnotherVersionIsForgotten() throws Exception {
        CaptureEnvironmentBuilder after = new CaptureEnvironmentBuilder();

        jenkins.buildAndAssertSuccess(job(register("one"), gate("auc >= 0.9", "fail"), register("two"), after));

        assertThat(after.getEnvVars()).containsEntry("MODEL_NAME", "two").doesNotContainKey("GATE_VERDICT");
    }

    @Test
    void aJobAndAPipelineWithTheSameInputsWriteTheSameRecord() throws Exception {
        jenkins.buildAndAssertSuccess(job(
                register("free"),
                gate("auc >= 0.9", "fail"),
                new ModelDeliveryBuilder(promote()),
                new ModelDeliveryBuilder(deploy("free"))));
        WorkflowJob pipeline = jenkins.createProject(WorkflowJob.class);
        pipeline.setDefinition(new CpsFlowDefinition("""
                node {
                    writeFile file: 'model/weights.bin', text: 'weights'
                    writeFile file: 'metrics.json', text: '{"auc": 0.91}'
                    registerModel name: 'pipe', path: 'model', metrics: 'metrics.json', tags: [owner: 'ann']
                    gateOnMetrics checks: 'auc >= 0.9'
                    promoteModel to: 'champion'
                    deployModel endpoint: 'pipe'
                }
                """, true));
        jenkins.buildAndAssertSuccess(pipeline);

        List<String> free = comparable("free");
        assertThat(free).hasSize(6).isEqualTo(comparable("pipe"));
    }

    /** All that a record says, but for names, ids and times, which differ from build to build. */
    private static List<String> comparable(String model) {
        return DeliveryRuntime.records().events("main", model).stream()
                .map(event -> {
                    EventDraft draft = event.draft();
                    ObjectNode details = draft.details().deepCopy();
                    strip(details);
                    return new EventDraft(
                                    draft.type(),
                                    draft.registry(),
                                    "model",
                                    draft.identity()
                                            .map(identity -> new VersionIdentity(
                                                    identity.version(), "fingerprint", identity.digest())),
                                    draft.actor(),
                                    draft.build().map(url -> "build"),
                                    draft.job().map(name -> "job"),
                                    draft.operation().map(id -> "operation"),
                                    draft.policyDigest(),
                                    details)
                            .toString()
                            .replaceAll("\\b" + model + "\\b", "model");
                })
                .toList();
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            for (String key : List.of("model-delivery.job", "model-delivery.build", "created", "fingerprint")) {
                if (object.has(key)) {
                    object.put(key, "…");
                }
            }
        }
        node.forEach(FreestyleTest::strip);
    }

    @Test
    void variablesAreReplacedInEveryField() throws Exception {
        RegisterModelStep register = new RegisterModelStep("${NAME}");
        register.setPath("$DIR");
        register.setTags(Map.of("owner", "${OWNER}", "job", "$JOB_NAME"));
        register.setMetricValues(Map.of("auc", "$AUC"));
        GateOnMetricsStep gate = new GateOnMetricsStep();
        gate.setModel("$MODEL_NAME/$MODEL_VERSION");
        gate.setChecks("auc >= $LEAST");
        FreeStyleProject job = job(new ModelDeliveryBuilder(register), new ModelDeliveryBuilder(gate));

        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("NAME", "churn"),
                new StringParameterDefinition("DIR", "model"),
                new StringParameterDefinition("OWNER", "ann"),
                new StringParameterDefinition("AUC", "0.91"),
                new StringParameterDefinition("LEAST", "0.9")));

        jenkins.buildAndAssertSuccess(job);

        EventDraft registered =
                DeliveryRuntime.records().events("main", "churn").get(0).draft();
        assertThat(registered.details().path("tags").path("owner").asText()).isEqualTo("ann");
        assertThat(registered.details().path("tags").path("job").asText()).isEqualTo(job.getName());
        assertThat(Delivery.events("churn")).containsExactly("registered", "gated");
    }

    @Test
    void aGateMakesTheBuildUnstableOrFailsIt() throws Exception {
        FreeStyleBuild unstable = jenkins.buildAndAssertStatus(
                Result.UNSTABLE,
                job(register("churn"), gate("auc >= 0.99", "unstable"), new CaptureEnvironmentBuilder()));
        jenkins.assertLogContains("FAILED", unstable);
        assertThat(unstable.getEnvironment(hudson.model.TaskListener.NULL)).containsEntry("GATE_VERDICT", "FAILED");

        CaptureEnvironmentBuilder never = new CaptureEnvironmentBuilder();
        jenkins.buildAndAssertStatus(Result.FAILURE, job(register("churn"), gate("auc >= 0.99", "fail"), never));
        assertThat(never.getEnvVars()).isNull();
    }

    @Test
    void aMistakeFailsTheBuildInOneSentenceWithoutAStackTrace() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job(gate("auc >= 0.9", "never")));
        jenkins.assertLogContains("ERROR: gateOnMetrics: onFailure", build);
        jenkins.assertLogNotContains("\tat ", build);
    }

    @Test
    void theModelIsPromotedAndDeployedAfterASuccessfulBuild() throws Exception {
        jenkins.buildAndAssertSuccess(withPostBuild(job(register("churn"))));
        assertThat(Delivery.events("churn"))
                .containsExactly("registered", "alias-move-started", "promoted", "deployment-started", "deployed");
    }

    @Test
    void whatWasRefusedIsNotDeployed() throws Exception {
        Delivery.close();
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, withPostBuild(job(register("churn"))));
        jenkins.assertLogContains("skipped      deployModel, since the build is FAILURE", build);
        assertThat(Delivery.events("churn")).containsExactly("registered", "promotion-refused");
        assertThat(directory.resolve("served")).doesNotExist();
    }

    /** As in a config.xml that was written by hand. */
    @Test
    void aBuilderWithoutAnOperationFailsItsBuildAndNothingElse() throws Exception {
        FreeStyleProject job = job(new ModelDeliveryBuilder(null));
        job.getPublishersList().add(new ModelDeliveryPublisher(null));
        FreeStyleBuild build = jenkins.buildAndAssertStatus(Result.FAILURE, job);
        jenkins.assertLogContains("names no operation here", build);
        ModelDeliveryConfiguration.get().change(() -> {});
    }

    @Test
    void nothingIsPromotedOrDeployedAfterAFailure() throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertStatus(
                Result.FAILURE, withPostBuild(job(register("churn"), new FailureBuilder())));
        assertThat(Delivery.events("churn")).containsExactly("registered");
        jenkins.assertLogContains("skipped      promoteModel, since the build is FAILURE", build);
    }

    @Test
    void anUnstableBuildIsPromotedOnlyIfTheJobSaysSo() throws Exception {
        FreeStyleProject job = withPostBuild(job(register("churn"), new UnstableBuilder()));
        jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
        assertThat(Delivery.events("churn")).containsExactly("registered");

        job.getPublishersList().get(ModelDeliveryPublisher.class).setEvenIfUnstable(true);
        jenkins.buildAndAssertStatus(Result.UNSTABLE, job);
        assertThat(Delivery.events("churn")).contains("promoted", "deployed");
    }

    @Test
    void filesOfAnAgentAreRegistered() throws Exception {
        DumbSlave agent = jenkins.createOnlineSlave();
        FreeStyleProject job = job(register("churn"), gate("auc >= 0.9", "fail"));
        job.setAssignedNode(agent);

        FreeStyleBuild build = jenkins.buildAndAssertSuccess(job);

        assertThat(Optional.ofNullable(build.getBuiltOn())).contains(agent);
        assertThat(Delivery.events("churn")).containsExactly("registered", "gated");
    }
}
