package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a rollout that another machine lays down. */
class LandingTest {
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
        rollout = new Rollout("op", "churn", new ServedVersion("churn", "1", Optional.of(digest)), Optional.empty());
        target = new LocalRepositoryTarget(new ModelRepository(root, new VersionDirectories(), 1), Optional.empty());
    }

    private Landing landing() {
        return target.landing(rollout, Cancellation.NONE).orElseThrow();
    }

    private Manifest put(Landing landing) {
        assertThat(landing.site().isHere()).isTrue();
        return landing.site().put(model, TransferProgress.SILENT, Cancellation.NONE);
    }

    private Path files(Landing landing) {
        return Path.of(landing.site().directory()).resolve("files");
    }

    private void refuses(Landing landing, Manifest manifest) {
        assertThatThrownBy(() -> landing.take(manifest))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        assertThat(target.candidate(rollout, Cancellation.NONE).state()).isEqualTo(Readiness.State.FAILED);
    }

    @Test
    void whatWasLaidDownIsDeployedAndTheLandingIsGone() {
        try (Landing landing = landing()) {
            landing.take(put(landing));
        }
        target.switchOver(rollout, Cancellation.NONE);
        assertThat(root.resolve("churn/1/weights")).hasContent("weights");
        assertThat(root.resolve("churn/1/assets/words")).hasContent("words");
        assertThat(root.resolve(".model-delivery/landing/op")).doesNotExist();
    }

    @Test
    void anotherDirectoryIsNotTakenForIt() throws IOException {
        try (Landing landing = landing()) {
            Path twin = Files.createDirectories(directory.resolve("twin"));
            assertThat(new LandingSite(twin.toString(), landing.site().mark()).isHere())
                    .isFalse();
            assertThat(new LandingSite("\0", "mark").isHere()).isFalse();
            assertThat(twin).isEmptyDirectory();
        }
    }

    @Test
    void otherFilesThanWereRegisteredAreRefused() throws IOException {
        Files.writeString(directory.resolve("model/weights"), "WEIGHTS");
        model = ModelFiles.list(directory.resolve("model"));
        try (Landing landing = landing()) {
            refuses(landing, put(landing));
        }
    }

    @Test
    void aFileTooManyOrTooFewIsRefused() throws IOException {
        try (Landing landing = landing()) {
            Manifest manifest = put(landing);
            Path more = Files.writeString(files(landing).resolve("more"), "");
            refuses(landing, manifest);
            Files.delete(more);
            Files.delete(files(landing).resolve("weights"));
            refuses(landing, manifest);
        }
    }

    @Test
    void aLinkIsRefusedWhereverItLeads() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "weights");
        try (Landing landing = landing()) {
            Manifest manifest = put(landing);
            Files.delete(files(landing).resolve("weights"));
            Files.createSymbolicLink(files(landing).resolve("weights"), secret);
            refuses(landing, manifest);
        }
        assertThat(secret).hasContent("weights");
        try (Landing landing = landing()) {
            Manifest manifest = put(landing);
            Directories.delete(files(landing));
            Files.createSymbolicLink(files(landing), directory.resolve("model"));
            refuses(landing, manifest);
        }
        assertThat(directory.resolve("model/weights")).hasContent("weights");
    }

    @Test
    void whoeverWasGivenUpDisturbsNobody() throws IOException {
        Landing givenUp = landing();
        put(givenUp);
        try (Landing landing = landing()) {
            assertThat(files(givenUp)).doesNotExist();
            Files.createDirectories(files(givenUp));
            Files.writeString(files(givenUp).resolve("weights"), "late");
            landing.take(put(landing));
        }
        target.switchOver(rollout, Cancellation.NONE);
        assertThat(root.resolve("churn/1/weights")).hasContent("weights");
        assertThat(root.resolve(".model-delivery/landing/op")).doesNotExist();
    }

    @Test
    void whatSpeaksAgainstTheRolloutIsSaidBeforeAnythingIsBrought() {
        Rollout late = new Rollout(
                "late", "churn", rollout.candidate(), Optional.of(new ServedVersion("churn", "9", Optional.empty())));
        assertThatThrownBy(() -> target.landing(late, Cancellation.NONE)).hasMessageContaining("Another rollout");
        assertThat(root).doesNotExist();
    }
}
