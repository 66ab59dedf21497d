package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import hudson.model.Label;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SimpleCommandLauncher;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What is deployed is brought by the agent, a process of its own, where it shares the target's directory. */
@Timeout(300)
class AgentDeploymentTest {
    private static final String THROUGH = "transfer     went through the controller: ";
    private static final String DEPLOY = "node('far') { deployModel model: 'churn/1', endpoint: 'churn' }";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path directory;

    /** Registers a model of some size, without the agent. */
    private void configure(JenkinsRule rule, int megabytes) throws Exception {
        Delivery.configure(directory);
        Pipelines.run(rule, Result.SUCCESS, """
                node('built-in') {
                    sh 'mkdir -p model && head -c %dM /dev/zero > model/weights'
                    registerModel name: 'churn', path: 'model'
                }
                """.formatted(megabytes));
    }

    private static DumbSlave agent(JenkinsRule rule) throws Exception {
        return rule.createOnlineSlave(Label.get("far"));
    }

    private Path served() {
        return directory.resolve("served");
    }

    private Path state() {
        return directory.resolve(".served.model-delivery");
    }

    private boolean writes(AgentProcess process) throws IOException {
        Path hidden = state();
        return process.writes(file -> file.startsWith(hidden) && file.toString().contains("/incoming/"));
    }

    /** The controller writes its own small files there, and none of the model. */
    private boolean writesModel(AgentProcess process) throws IOException {
        Path hidden = state();
        return process.writes(file -> file.startsWith(hidden) && file.endsWith("weights"));
    }

    private static WorkflowRun run() {
        return Jenkins.get().getItemByFullName("deploying", WorkflowJob.class).getLastBuild();
    }

    private void live(JenkinsRule rule) throws Exception {
        rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run()));
        assertThat(Delivery.events("churn")).containsExactly("registered", "deployment-started", "deployed");
        assertThat(served().resolve("churn/1/weights")).exists();
        assertThat(left()).isEmpty();
    }

    /** Of attempts to bring files. */
    private List<Path> left() throws IOException {
        Path incoming = state().resolve("churn/incoming");
        if (!Files.isDirectory(incoming)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(incoming)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void anAgentThatSharesTheDirectoryWritesTheFilesAndTheControllerDoesNot() throws Throwable {
        sessions.then(rule -> {
            configure(rule, 300);
            DumbSlave agent = agent(rule);
            AgentProcess far = AgentProcess.of(agent);
            WorkflowRun run = Pipelines.start(rule, "deploying", DEPLOY);
            boolean[] seen = new boolean[2];
            Until.within(
                    120,
                    () -> {
                        seen[0] |= writes(far);
                        seen[1] |= writesModel(AgentProcess.own());
                        return !run.isBuilding();
                    },
                    () -> JenkinsRule.getLog(run));
            live(rule);
            assertThat(seen).containsExactly(true, false);
            rule.assertLogNotContains(THROUGH, run);
            assertThat(agent.getWorkspaceRoot().child("deploying@tmp").list()).isEmpty();
        });
    }

    /** The agent is in a mount namespace of its own, where the same path leads to another directory. */
    @Test
    void anAgentWithAnotherDirectoryUnderThePathLeavesItToTheController() throws Throwable {
        sessions.then(rule -> {
            configure(rule, 1);
            Path here = Files.createDirectories(directory.resolve("mount"));
            Path there = Files.createDirectories(directory.resolve("elsewhere"));
            assumeThat(new ProcessBuilder("unshare", "--mount", "true").start().waitFor())
                    .as("whether this user may make a mount namespace")
                    .isZero();
            DirectoryTargetConfiguration edge = new DirectoryTargetConfiguration(
                    "edge", here.resolve("served").toString());
            ModelDeliveryConfiguration.get().setTargets(List.of(edge));
            Path script = Files.writeString(
                    directory.resolve("agent.sh"), "mount --bind " + there + " " + here + " && exec \"$@\"\n");
            SimpleCommandLauncher launcher = (SimpleCommandLauncher) rule.createComputerLauncher(null);
            DumbSlave agent = new DumbSlave(
                    "elsewhere",
                    directory.resolve("home").toString(),
                    new SimpleCommandLauncher("unshare --mount sh " + script + " " + launcher.cmd));
            agent.setLabelString("far");
            rule.jenkins.addNode(agent);
            rule.waitOnline(agent);

            WorkflowRun run = Pipelines.start(rule, "deploying", DEPLOY);

            rule.assertBuildStatus(Result.SUCCESS, rule.waitForCompletion(run));
            rule.assertLogContains(THROUGH + "the agent does not have the state directory of edge", run);
            assertThat(here.resolve("served/churn/1/weights")).exists();
            assertThat(there).isEmptyDirectory();
        });
    }

    @Test
    void whenTheAgentIsLostTheControllerBringsTheFiles() throws Throwable {
        sessions.then(rule -> {
            configure(rule, 900);
            DumbSlave agent = agent(rule);
            AgentProcess far = AgentProcess.of(agent);
            WorkflowRun run = Pipelines.start(rule, "deploying", DEPLOY);
            Until.within(120, () -> writes(far), () -> JenkinsRule.getLog(run));
            AgentProcess.kill(agent);
            rule.waitForMessage(THROUGH + "the agent could not: The agent of the workspace was lost", run);
            agent.toComputer().setTemporaryOfflineCause(null);
            agent.toComputer().connect(true).get();
            live(rule);
        });
    }

    @Test
    void anAbortStopsTheAgentAndLeavesNothing() throws Throwable {
        sessions.then(rule -> {
            configure(rule, 300);
            AgentProcess far = AgentProcess.of(agent(rule));
            WorkflowRun run = Pipelines.start(rule, "deploying", DEPLOY);
            Until.within(120, () -> writes(far), () -> JenkinsRule.getLog(run));
            run.doStop();
            rule.assertBuildStatus(Result.ABORTED, rule.waitForCompletion(run));
            Until.within(20, () -> !writes(far), () -> "the agent goes on writing");
            assertThat(Delivery.events("churn"))
                    .containsExactly("registered", "deployment-started", "deployment-rolled-back");
            assertThat(served().resolve("churn/1")).doesNotExist();
            assertThat(left()).isEmpty();
        });
    }

    @Test
    void aRestartOfTheControllerMeanwhileChangesNothing() throws Throwable {
        sessions.then(rule -> {
            configure(rule, 300);
            AgentProcess far = AgentProcess.of(agent(rule));
            WorkflowRun run = Pipelines.start(rule, "deploying", DEPLOY);
            Until.within(120, () -> writes(far), () -> JenkinsRule.getLog(run));
        });
        sessions.then(this::live);
    }
}
