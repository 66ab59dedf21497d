package io.jenkins.plugins.modeldelivery.scm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Result;
import hudson.plugins.git.GitSCM;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.steps.Delivery;
import java.nio.file.Path;
import java.util.Map;
import jenkins.branch.BranchSource;
import org.jenkinsci.plugins.workflow.cps.replay.ReplayAction;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.multibranch.WorkflowMultiBranchProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Whose code a build of a multibranch project runs, and what it may do with a model. */
@WithJenkins
@Timeout(300)
class MultibranchTest {
    private static final String JENKINSFILE = """
            node {
                checkout scm
                if (fileExists('train.sh')) { sh 'sh train.sh' }
                deliverModel()
            }
            """;

    private static final String DELIVERY = """
            register: {name: churn, path: model, metrics: metrics.json}
            gate: {checks: [auc >= 0.8]}
            promote: {to: champion}
            deploy: {target: edge, endpoint: churn}
            """;

    private static final Map<String, String> FILES = Map.of(
            "Jenkinsfile",
            JENKINSFILE,
            "delivery.yaml",
            DELIVERY,
            "model/weights",
            "weights",
            "metrics.json",
            "{\"auc\": 0.9}");

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private GitRepository repository;
    private WorkflowMultiBranchProject project;

    @BeforeEach
    void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        jenkins.jenkins.setQuietPeriod(0);
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        Delivery.configure(directory);
        repository = new GitRepository(directory.resolve("repository"));
        repository.commit(FILES);
        project = jenkins.createProject(WorkflowMultiBranchProject.class, "churn");
        project.getSourcesList().add(new BranchSource(new ProposalSource(repository.url())));
    }

    @AfterEach
    void forbidAgain() {
        GitSCM.ALLOW_LOCAL_CHECKOUT = false;
    }

    private WorkflowRun build(String branch) throws Exception {
        project.scheduleBuild2(0).getFuture().get();
        jenkins.waitUntilNoActivity();
        WorkflowJob job = project.getItem(branch);
        assertThat(job).as(branch).isNotNull();
        return job.getLastBuild();
    }

    private WorkflowRun build(Result expected, String branch) throws Exception {
        return jenkins.assertBuildStatus(expected, build(branch));
    }

    private static void policy(String... branches) {
        ObjectNode policies = Json.object();
        ObjectNode rule = policies.putObject("production").put("alias", "champion");
        for (String branch : branches) {
            rule.withArray("branches").add(branch);
        }
        ModelDeliveryConfiguration.get().setPolicies(JsonRules.policies(policies));
    }

    private static JsonNode registeredTags() {
        return DeliveryRuntime.records().events("main", "churn").stream()
                .filter(event -> event.draft().type() == EventType.REGISTERED)
                .reduce((first, last) -> last)
                .orElseThrow()
                .draft()
                .details()
                .path("tags");
    }

    @Test
    void aBranchDeliversAndTheRecordKnowsWhereItsCodeComesFrom() throws Exception {
        policy("main");
        build(Result.SUCCESS, "main");
        assertThat(Delivery.events("churn")).contains("promoted", "deployed");
        JsonNode tags = registeredTags();
        assertThat(tags.path(Tags.BRANCH).asText()).isEqualTo("main");
        assertThat(tags.path(Tags.COMMIT).asText()).isEqualTo(repository.git("rev-parse", "main"));
        assertThat(tags.path(Tags.REPOSITORY).asText()).isEqualTo(repository.url());
        assertThat(tags.has(Tags.CLAIMED)).isFalse();
    }

    /** The pull request of a stranger brings its own model and its own delivery. */
    @Test
    void anUntrustedChangeRequestDeliversNothing() throws Exception {
        repository.branch("PR-7");
        repository.commit(Map.of("model/weights", "evil", "delivery.yaml", DELIVERY.replace("auc >= 0.8", "auc >= 0")));
        WorkflowRun build = build(Result.FAILURE, "PR-7");
        jenkins.assertLogContains("runs the code of a change request that is not trusted", build);
        jenkins.assertLogContains("deliver after the merge", build);
        assertThat(directory.resolve("registry/models/churn/versions/2")).doesNotExist();
        assertThat(directory.resolve("served/churn/1/weights")).hasContent("weights");
    }

    @Test
    void anUntrustedChangeRequestGatesWithoutEvidence() throws Exception {
        repository.commit(Map.of("Jenkinsfile", """
                node {
                    checkout scm
                    if (env.BRANCH_NAME == 'main') { registerModel name: 'churn', path: 'model', metrics: 'metrics.json' }
                    def gate = gateOnMetrics model: 'churn/1', checks: 'auc >= 0.8'
                    echo "verdict ${gate.verdict}"
                    gateOnMetrics model: 'churn/1', checks: 'auc >= 0.95', metrics: 'metrics.json'
                }
                """));
        build("main");
        int events = Delivery.events("churn").size();
        repository.branch("PR-8");
        repository.commit(Map.of("metrics.json", "{\"auc\": 0.99}"));
        WorkflowRun build = build(Result.SUCCESS, "PR-8");
        jenkins.assertLogContains("verdict PASSED", build);
        jenkins.assertLogContains("The report is shown but is not evidence", build);
        assertThat(Delivery.events("churn")).hasSize(events);
    }

    @Test
    void aTrustedChangeRequestDeliversWhereAnAdministratorAdmitsIt() throws Exception {
        repository.branch("PR-trusted-9");
        repository.commit(Map.of("model/weights", "better"));
        WorkflowRun refused = build(Result.FAILURE, "PR-trusted-9");
        jenkins.assertLogContains("changeRequests: trusted of the registry main", refused);
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.getRegistries().get(0).setChangeRequests("trusted");
        configuration.setRegistries(configuration.getRegistries());
        configuration.getTargets().get(0).setChangeRequests("trusted");
        configuration.setTargets(configuration.getTargets());
        repository.commit(Map.of("model/weights", "best"));
        build(Result.SUCCESS, "PR-trusted-9");
        assertThat(registeredTags().has(Tags.BRANCH)).as("it is no branch").isFalse();
        policy("PR-*", "main");
        repository.commit(Map.of("model/weights", "very best"));
        jenkins.assertLogContains("it must be built from PR-* or main", build(Result.FAILURE, "PR-trusted-9"));
    }

    /** What a build step, or the code that it runs, writes over the file does not count. */
    @Test
    void theDeliveryIsReadFromSourceControlAndNotFromTheWorkspace() throws Exception {
        repository.commit(Map.of(
                "delivery.yaml",
                DELIVERY.replace("endpoint: churn", "endpoint: churn, smokeTest: {request: smoke.json}"),
                "train.sh",
                "echo 'register: {name: other, path: model}' > delivery.yaml"));
        WorkflowRun build = build(Result.FAILURE, "main");
        jenkins.assertLogContains("delivery.yaml is taken from the trusted revision in source control", build);
        jenkins.assertLogContains("There is no file smoke.json in the revision", build);
        assertThat(Delivery.events("other")).isEmpty();
        repository.commit(Map.of("delivery.yaml", DELIVERY));
        build(Result.SUCCESS, "main");
        assertThat(Delivery.events("churn")).contains("deployed");
        assertThat(Delivery.events("other")).isEmpty();
    }

    @Test
    void aTagIsNoBranch() throws Exception {
        repository.tag("v1");
        policy("v1", "main");
        WorkflowRun first = build("v1");
        // Tags are not built by themselves.
        WorkflowRun build =
                first == null ? project.getItem("v1").scheduleBuild2(0).get() : first;
        jenkins.assertBuildStatus(Result.FAILURE, build);
        jenkins.assertLogContains("it must be built from v1 or main", build);
    }

    @Test
    void aReplayWithAnEditedScriptHasNoBranch() throws Exception {
        policy("main");
        WorkflowRun build = build(Result.SUCCESS, "main");
        WorkflowRun edited = (WorkflowRun) build.getAction(ReplayAction.class)
                .run(
                        JENKINSFILE.replace(
                                "deliverModel()", "writeFile file: 'model/weights', text: 'x'; deliverModel()"),
                        Map.of())
                .get();
        jenkins.assertBuildStatus(Result.FAILURE, edited);
        jenkins.assertLogContains(
                "it must be built from main, and a replay with an edited script does not count as built from there",
                edited);
        assertThat(registeredTags().path(Tags.EDITED_REPLAY).asText()).isEqualTo("true");
    }
}
