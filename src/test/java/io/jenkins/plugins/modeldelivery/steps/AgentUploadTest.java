package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Uploads from an agent, which is a process of its own. */
@WithJenkins
@Timeout(300)
class AgentUploadTest {
    private static final String PATIENCE = "io.jenkins.plugins.modeldelivery.patienceSeconds";
    private static final String LARGE = """
            node('far') {
                sh 'mkdir -p model && head -c 600M /dev/zero > model/weights'
                registerModel name: 'churn', path: 'model'
            }
            """;

    @TempDir
    private Path directory;

    private JenkinsRule jenkins;
    private DumbSlave agent;

    @BeforeEach
    void configure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        Delivery.configure(directory);
        agent = rule.createOnlineSlave(hudson.model.Label.get("far"));
    }

    @AfterEach
    void reset() {
        System.clearProperty(PATIENCE);
    }

    private boolean uploading(WorkflowRun run) throws IOException {
        return Delivery.state(run.getRootDir().toPath().resolve("model-delivery"))
                .equals("uploading");
    }

    private WorkflowRun succeeded(WorkflowRun run) throws Exception {
        jenkins.assertBuildStatus(Result.SUCCESS, jenkins.waitForCompletion(run));
        assertThat(Delivery.events("churn")).containsExactly("registered");
        return run;
    }

    @Test
    void theAgentWritesToTheRegistryAndTheControllerDoesNot() throws Throwable {
        Path blobs = directory.resolve("registry/blobs");
        AgentProcess far = AgentProcess.of(agent);
        WorkflowRun run = Pipelines.start(jenkins, "uploading", LARGE);
        boolean[] here = new boolean[1];
        Until.within(
                120,
                () -> {
                    here[0] |= AgentProcess.own().opens(file -> file.startsWith(blobs));
                    return far.opens(file -> file.startsWith(blobs));
                },
                () -> JenkinsRule.getLog(run));
        succeeded(run);
        assertThat(here[0]).isFalse();
    }

    @Test
    void filesStayInTheWorkspace() throws Exception {
        Path secret = Files.createDirectories(directory.resolve("outside"));
        Files.writeString(secret.resolve("weights"), "secret");
        for (String path : List.of("../../outside", secret.toString(), "link", "model")) {
            WorkflowRun run = Pipelines.run(jenkins, Result.FAILURE, """
                    node('far') {
                        sh 'mkdir -p model && ln -sfn %s link && ln -sfn %s/weights model/weights'
                        registerModel name: 'churn', path: '%s'
                    }
                    """.formatted(secret, secret, path));
            assertThat(JenkinsRule.getLog(run)).as(path).containsAnyOf("is not in the workspace", "link");
        }
        assertThat(directory.resolve("registry/models/churn/versions")).doesNotExist();
        WorkflowRun metrics = Pipelines.run(
                jenkins,
                Result.FAILURE,
                "node('far') {\n" + Pipelines.MODEL
                        + "registerModel name: 'churn', path: 'model', metrics: '../../secret.json'\n}");
        jenkins.assertLogContains("is not in the workspace", metrics);
    }

    @Test
    void anUploadGoesOnWhenItsAgentComesBack() throws Throwable {
        WorkflowRun run = Pipelines.start(jenkins, "uploading", LARGE);
        Until.within(120, () -> uploading(run), () -> JenkinsRule.getLog(run));
        AgentProcess.kill(agent);
        jenkins.waitForMessage("waiting      The agent of the workspace", run);
        Until.within(60, () -> agent.toComputer().getChannel() == null, () -> "the killed agent is still connected");
        agent.toComputer().connect(true).get();
        succeeded(run);
    }

    @Test
    void anUploadWhoseAgentStaysAwayFailsInPlainWords() throws Throwable {
        System.setProperty(PATIENCE, "4");
        WorkflowRun run = Pipelines.start(jenkins, "uploading", LARGE);
        Until.within(120, () -> uploading(run), () -> JenkinsRule.getLog(run));
        AgentProcess.kill(agent);
        jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(run));
        assertThat(JenkinsRule.getLog(run))
                .contains("The agent of the workspace")
                .doesNotContain("DeliveryException")
                .doesNotContain("\tat io.jenkins.plugins.modeldelivery");
        assertThat(Delivery.events("churn")).isEmpty();
    }

    @Test
    void anAbortStopsTheUploadOnTheAgent() throws Throwable {
        AgentProcess far = AgentProcess.of(agent);
        WorkflowRun run = Pipelines.start(jenkins, "uploading", LARGE);
        Path blobs = directory.resolve("registry/blobs");
        Until.within(120, () -> far.opens(file -> file.startsWith(blobs)), () -> JenkinsRule.getLog(run));
        run.doStop();
        jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
        Until.within(20, () -> !far.opens(file -> file.startsWith(blobs)), () -> "the agent goes on writing");
        assertThat(Delivery.events("churn")).isEmpty();
    }
}
