package io.jenkins.plugins.modeldelivery.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.operation.TestRequests;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registration does that is run again with the id of an earlier one, in every registry. */
abstract class RepeatedRegistrationContract {
    protected static final Cancellation NEVER = Cancellation.NONE;

    protected final String model = "contract " + UUID.randomUUID();

    @TempDir
    protected Path directory;

    protected abstract ModelRegistry registry();

    final Path files() throws IOException {
        Path root = directory.resolve("model");
        Files.createDirectories(root.resolve("sub dir"));
        Files.writeString(root.resolve("a.txt"), "first");
        Files.writeString(root.resolve("empty"), "");
        Files.writeString(root.resolve("sub dir/größe 1 100%.bin"), "x".repeat(100_000));
        for (int i = 0; i < 40; i++) {
            Files.writeString(root.resolve("sub dir/part-" + i), "part " + i);
        }
        return root;
    }

    protected NewVersion plan(String operation, Metrics metrics) throws IOException {
        return new NewVersion(
                model,
                operation,
                new VersionSource.Files(files()),
                metrics,
                Map.of("owner", "me"),
                "described",
                Map.of());
    }

    protected ModelVersion register(String operation, Metrics metrics) throws IOException {
        NewVersion plan = plan(operation, metrics);
        VersionDraft staging = registry().stage(plan, true, NEVER);
        Manifest manifest = registry().upload(staging, ModelFiles.list(files()), TransferProgress.SILENT, NEVER);
        return registry().createVersion(plan, Optional.of(staging), Optional.of(manifest.digest()), NEVER);
    }

    final ModelVersion register() throws IOException {
        return register(UUID.randomUUID().toString(), Metrics.NONE);
    }

    private Progress register(String operation, Journal journal) {
        return new RegistryProcess(registry(), directory).run(request(operation), journal);
    }

    private RegisterRequest request(String operation) {
        return TestRequests.register(
                        model,
                        Optional.empty(),
                        new VersionSource.Files(directory.resolve("model")),
                        Metrics.of(Map.of("auc", 0.9)),
                        Map.of(),
                        Map.of(),
                        "",
                        Optional.empty())
                .sameAs(operation);
    }

    private ObjectNode result(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Done.class);
        return ((Progress.Done) progress).result();
    }

    private static ObjectNode without(ObjectNode result, String... keys) {
        return result.deepCopy().remove(List.of(keys));
    }

    @Test
    void aRegistrationThatIsRunAgainWithoutItsJournalFindsItsVersionAndUploadsNothing() throws IOException {
        String operation = UUID.randomUUID().toString();
        files();
        ObjectNode first = result(register(operation, new FileJournal(directory.resolve("first.json"))));
        ObjectNode second = result(register(operation, new FileJournal(directory.resolve("second.json"))));
        assertThat(first.has("found")).isFalse();
        assertThat(second.path("found").asBoolean()).isTrue();
        assertThat(without(second, "found", "created")).isEqualTo(without(first, "created"));
        assertThat(new RegistryProcess(registry(), directory).events(model)).containsExactly("registered");
    }

    /** The visible data of the model, to check that nothing changed. */
    private List<Object> outside(List<String> versions) {
        return List.of(
                versions.stream()
                        .map(version -> registry().version(model, version, NEVER))
                        .toList(),
                registry().aliases(model, NEVER).targets(),
                new RegistryProcess(registry(), directory).events(model));
    }

    @Test
    void anIdOfARegistrationOfOtherFilesIsAConflictThatChangesNothing() throws IOException {
        String operation = UUID.randomUUID().toString();
        files();
        ObjectNode first = result(register(operation, new FileJournal(directory.resolve("first.json"))));
        List<Object> before = outside(List.of("1"));
        Files.writeString(directory.resolve("model/a.txt"), "second");
        String now = ModelFiles.list(directory.resolve("model")).hash(NEVER).digest();
        assertThat(register(operation, new FileJournal(directory.resolve("second.json"))))
                .isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
                    assertThat(refused.why()).isEqualTo(RejectionReason.CONFLICT);
                    assertThat(refused.message())
                            .contains(
                                    "models:/" + model + "/1",
                                    first.path("digest").asText(),
                                    now);
                });
        assertThat(outside(List.of("1"))).isEqualTo(before);
        assertThatThrownBy(() -> registry().version(model, "2", NEVER))
                .satisfies(RepeatedRegistrationContract::notFound);
    }

    @Test
    void anUploadThatFindsAVersionOfOtherFilesUnderItsIdIsAConflict() throws IOException {
        String operation = UUID.randomUUID().toString();
        files();
        Journal journal = new FileJournal(directory.resolve("killed.json"));
        new RegistryProcess(registry(), directory).runUntil("creating", request(operation), journal);
        Files.writeString(directory.resolve("model/a.txt"), "second");
        result(register(operation, new FileJournal(directory.resolve("other.json"))));
        List<Object> before = outside(List.of("1"));
        assertThat(register(operation, journal))
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        refused -> assertThat(refused.why()).isEqualTo(RejectionReason.CONFLICT));
        assertThat(outside(List.of("1"))).isEqualTo(before);
    }

    @Test
    void aVersionThatGotTheIdOfAnotherByHandIsNotTakenForIt() throws IOException {
        String operation = UUID.randomUUID().toString();
        files();
        result(register(operation, new FileJournal(directory.resolve("first.json"))));
        String other = register().version();
        registry().tagVersion(model, other, "model-delivery.operation", operation, NEVER);
        List<Object> before = outside(List.of("1", other));
        try {
            assertThat(result(register(operation, new FileJournal(directory.resolve("second.json"))))
                            .path("version")
                            .asText())
                    .isEqualTo("1");
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
            assertThat(e).hasMessageContainingAll("1 and " + other, operation);
        }
        assertThat(outside(List.of("1", other))).isEqualTo(before);
    }

    @Test
    void aRegistrationThatDiedBeforeItsVersionGoesOnInItsPlaceWithoutItsJournal() throws IOException {
        String operation = UUID.randomUUID().toString();
        files();
        Journal lost = new FileJournal(directory.resolve("lost.json"));
        new RegistryProcess(registry(), directory).runUntil("creating", request(operation), lost);
        Journal journal = new FileJournal(directory.resolve("next.json"));
        ObjectNode result = result(register(operation, journal));
        assertThat(result.has("found")).isFalse();
        assertThat(journal.read().orElseThrow().path("staging"))
                .isEqualTo(lost.read().orElseThrow().path("staging"));
        assertThat(result(register(operation, new FileJournal(directory.resolve("third.json"))))
                        .path("version"))
                .isEqualTo(result.path("version"));
    }

    static void notFound(Throwable thrown) {
        assertThat(((DeliveryException) thrown).kind()).isEqualTo(ErrorKind.NOT_FOUND);
    }
}
