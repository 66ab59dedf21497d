package io.jenkins.plugins.modeldelivery.build.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.FilePath;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Files of an agent, which is a process of its own, go through the controller. */
@WithJenkins
class ControllerUploadTest {
    @TempDir
    private Path directory;

    private FilePath workspace;
    private Path uploads;

    @BeforeEach
    void start(JenkinsRule jenkins) throws Exception {
        workspace = jenkins.createOnlineSlave().getRootPath().child("workspace/job");
        workspace.child("model/assets").mkdirs();
        workspace.child("model/weights").write("weights", "UTF-8");
        workspace.child("model/assets/words").write("words", "UTF-8");
        uploads = directory.resolve("uploads");
    }

    private Manifest upload(String path, Cancellation cancellation) {
        try (LocalDirectoryRegistry registry =
                new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC())) {
            return new ControllerUpload(workspace, uploads)
                    .run(
                            registry,
                            new VersionDraft(Map.of("operation", "op")),
                            path,
                            TransferProgress.SILENT,
                            cancellation);
        }
    }

    @Test
    void bringsWhatTheAgentHasAndLeavesNothing() {
        Manifest expected =
                ModelFiles.list(Path.of(workspace.getRemote(), "model")).hash(Cancellation.NONE);
        assertThat(upload("model", Cancellation.NONE)).isEqualTo(expected);
        assertThat(uploads).isEmptyDirectory();
        assertThat(upload("model/weights", Cancellation.NONE).entries())
                .extracting(Manifest.Entry::path)
                .containsExactly("weights");
        assertThat(upload(".", Cancellation.NONE).entries())
                .extracting(Manifest.Entry::path)
                .containsExactly("model/assets/words", "model/weights");
    }

    @Test
    void staysInTheWorkspace() throws Exception {
        Path secret = Files.writeString(directory.resolve("secret"), "secret");
        workspace.child("model/link").symlinkTo(secret.toString(), hudson.model.TaskListener.NULL);
        for (String path : new String[] {"../..", secret.toString(), "model", "model/link", "nothing"}) {
            assertThatThrownBy(() -> upload(path, Cancellation.NONE))
                    .as(path)
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
        }
        assertThat(directory.resolve("registry/blobs")).doesNotExist();
    }

    @Test
    void stopsWhenItIsCancelled() {
        CancellationSource cancelled = new CancellationSource();
        cancelled.cancel();
        assertThatThrownBy(() -> upload("model", cancelled))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(uploads).isEmptyDirectory();
    }
}
