package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The controller's disk is full where the records are. A disk of one's own needs root; the engine's test does without. */
@WithJenkins
@Timeout(240)
@EnabledIfSystemProperty(named = "user.name", matches = "root")
class FullDiskTest {
    @TempDir
    private Path directory;

    private Path records;
    private boolean mounted;

    private static int call(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(call("umount", "-l", records.toString())).isZero();
        }
    }

    @Test
    void aStepFailsInPlainWordsAndGoesOnWhenThereIsRoom(JenkinsRule jenkins) throws Exception {
        Delivery.configure(directory);
        records = Files.createDirectories(jenkins.jenkins.getRootDir().toPath().resolve("model-delivery/records"));
        mounted = call("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", records.toString()) == 0;
        assertThat(mounted).isTrue();
        Path filler = records.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
        WorkflowRun run = Pipelines.run(jenkins, Result.SUCCESS, "node {\n" + Pipelines.MODEL + """
                try {
                    registerModel name: 'churn', path: 'model'
                } catch (hudson.AbortException e) {
                    echo "failed: ${e.message}"
                    sh "rm '%s'"
                    registerModel name: 'churn', path: 'model'
                }
                }
                """.formatted(filler));
        assertThat(JenkinsRule.getLog(run)).containsPattern("failed: .*No space left on device");
        assertThat(Delivery.events("churn")).containsExactly("registered");
        try (var versions = Files.list(directory.resolve("registry/models/churn/versions"))) {
            assertThat(versions).hasSize(1);
        }
    }
}
