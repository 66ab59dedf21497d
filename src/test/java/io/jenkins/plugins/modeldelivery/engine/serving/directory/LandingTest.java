package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea.StagingDirectory;
import io.jenkins.plugins.modeldelivery.engine.serving.TestTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a rollout that another machine lays down. */
class LandingTest {
    private static final CallLimits LIMITS = CallLimits.of(Cancellation.NONE);

    @TempDir
    private Path directory;

    private Path root;
    private ModelFiles model;
    private Rollout rollout;
    private ServingTarget target;

    @BeforeEach
    void make() throws IOException {
        root = directory.resolve("served");
        Files.createDirectories(directory.resolve("model/assets"));
        Files.writeString(directory.resolve("model/weights"), "weights");
        Files.writeString(directory.resolve("model/assets/words"), "words");
        model = ModelFiles.list(directory.resolve("model"));
        String digest = model.hash(Cancellation.NONE).digest();
        rollout = rollout("op", digest);
        target = new DirectoryTarget(
                new EndpointFiles(
                        root, Optional.empty(), new VersionedLayout(AllowedImplementations.ANY), 1, Clock.systemUTC()),
                ModelServer.UNKNOWN);
        target.begin(rollout, Optional.empty(), LIMITS);
    }

    private static Rollout rollout(String operation, String digest) {
        return new Rollout(
                operation,
                "churn",
                new ServedVersion("local", "churn", "1", Optional.empty(), Optional.of(digest)),
                Optional.empty(),
                0,
                Instant.now().plusSeconds(60));
    }

    private StagingArea stagingArea() {
        return target.stagingArea(rollout, LIMITS);
    }

    private Path landings() {
        return directory.resolve(".served.model-delivery/churn/incoming/op");
    }

    private Manifest put(StagingArea area) {
        assertThat(area.site().isHere()).isTrue();
        return area.site().fill(files -> {
            copy(model, files);
            return model.hash(Cancellation.NONE);
        });
    }

    private static void copy(ModelFiles from, Path to) {
        try {
            for (ModelFiles.File file : from.files()) {
                Path target = to.resolve(file.path());
                Files.createDirectories(target.getParent());
                Files.copy(from.resolve(file), target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path files(StagingArea area) {
        return Path.of(area.site().directory()).resolve("files");
    }

    private void refuses(StagingArea area, Manifest manifest) {
        assertThatThrownBy(() -> area.take(manifest))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT));
        assertThat(target.candidate(rollout, LIMITS).state()).isEqualTo(Readiness.State.FAILED);
    }

    @Test
    void whatWasLaidDownIsDeployedAndTheLandingIsGone() {
        try (StagingArea area = stagingArea()) {
            area.take(put(area));
        }
        target.switchOver(rollout, LIMITS);
        assertThat(root.resolve("churn/1/weights")).hasContent("weights");
        assertThat(root.resolve("churn/1/assets/words")).hasContent("words");
        assertThat(landings()).doesNotExist();
    }

    @Test
    void anotherDirectoryIsNotTakenForIt() throws IOException {
        try (StagingArea area = stagingArea()) {
            Path twin = Files.createDirectories(directory.resolve("twin"));
            assertThat(new StagingDirectory(twin.toString(), area.site().mark()).isHere())
                    .isFalse();
            assertThat(new StagingDirectory("\0", "mark").isHere()).isFalse();
            assertThat(twin).isEmptyDirectory();
        }
    }

    @Test
    void otherFilesThanWereRegisteredAreRefused() throws IOException {
        Files.writeString(directory.resolve("model/weights"), "WEIGHTS");
        model = ModelFiles.list(directory.resolve("model"));
        try (StagingArea area = stagingArea()) {
            refuses(area, put(area));
        }
    }

    @Test
    void aFileTooManyOrTooFewIsRefused() throws IOException {
        try (StagingArea area = stagingArea()) {
            Manifest manifest = put(area);
            Path more = Files.writeString(files(area).resolve("more"), "");
            refuses(area, manifest);
            Files.delete(more);
            Files.delete(files(area).resolve("weights"));
            refuses(area, manifest);
        }
    }

    @Test
    void aLinkIsRefusedWhereverItLeads() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "weights");
        try (StagingArea area = stagingArea()) {
            Manifest manifest = put(area);
            Files.delete(files(area).resolve("weights"));
            Files.createSymbolicLink(files(area).resolve("weights"), secret);
            refuses(area, manifest);
        }
        assertThat(secret).hasContent("weights");
        try (StagingArea area = stagingArea()) {
            Manifest manifest = put(area);
            TestTrees.delete(files(area));
            Files.createSymbolicLink(files(area), directory.resolve("model"));
            refuses(area, manifest);
        }
        assertThat(directory.resolve("model/weights")).hasContent("weights");
    }

    @Test
    void whoeverWasGivenUpDisturbsNobody() throws IOException {
        StagingArea givenUp = stagingArea();
        put(givenUp);
        try (StagingArea area = stagingArea()) {
            assertThat(files(givenUp)).doesNotExist();
            Files.createDirectories(files(givenUp));
            Files.writeString(files(givenUp).resolve("weights"), "late");
            area.take(put(area));
        }
        target.switchOver(rollout, LIMITS);
        assertThat(root.resolve("churn/1/weights")).hasContent("weights");
        assertThat(landings()).doesNotExist();
    }

    @Test
    void whatSpeaksAgainstTheRolloutIsSaidBeforeAnythingIsBrought() {
        Rollout late = rollout("late", rollout.candidate().digest().orElseThrow());
        assertThatThrownBy(() -> target.stagingArea(late, LIMITS)).hasMessageContaining("Another rollout");
        assertThat(root).doesNotExist();
    }

    @Test
    void readsWhatAnotherMachineHasWritten() throws IOException {
        try (StagingArea area = stagingArea()) {
            Manifest manifest = put(area);
            Path weights = files(area).resolve("weights");
            FileTime modified = Files.getLastModifiedTime(weights);
            Files.writeString(weights, "WEIGHTS");
            Files.setLastModifiedTime(weights, modified);
            refuses(area, manifest);
        }
    }

    @Test
    void aPipeIsNoFileAndIsNotOpened() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/mkfifo")).exists();
        try (StagingArea area = stagingArea()) {
            Manifest manifest = put(area);
            Path weights = files(area).resolve("weights");
            Files.delete(weights);
            assertThat(new ProcessBuilder("mkfifo", weights.toString()).start().waitFor())
                    .isZero();
            refuses(area, manifest);
        }
    }
}
