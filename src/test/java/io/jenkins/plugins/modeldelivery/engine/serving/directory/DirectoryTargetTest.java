package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SharedTargetContract;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.Snapshot;
import io.jenkins.plugins.modeldelivery.engine.serving.TestTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory that is polled by a server of which nothing is known. */
class DirectoryTargetTest extends SharedTargetContract {
    private static final int KEEP = 2;

    @Override
    protected ServingTarget open(Clock clock) {
        return target(new VersionedLayout(AllowedImplementations.ANY), clock);
    }

    private ServingTarget target(RepositoryLayout layout, Clock clock) {
        return new DirectoryTarget(
                new EndpointFiles(view(), Optional.empty(), layout, KEEP, clock), ModelServer.UNKNOWN);
    }

    @Override
    protected Path view() {
        return home.resolve("served");
    }

    private Path state() {
        return home.resolve(".served.model-delivery").resolve(endpoint);
    }

    @Override
    protected Path model(String name) throws IOException {
        Path model = home.resolve(name);
        Files.createDirectories(model.resolve("assets"));
        Files.writeString(model.resolve("model.txt"), name);
        Files.writeString(model.resolve("assets/vocabulary"), "words of " + name);
        return model;
    }

    @Override
    protected Optional<SmokeTest> golden(String name) {
        return Optional.empty();
    }

    @Override
    protected void putByHand(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("1"));
        Files.writeString(directory.resolve("1/model.txt"), "theirs");
    }

    @Override
    protected Path served(String number) {
        return view().resolve(endpoint).resolve(number);
    }

    private List<String> published() throws IOException {
        try (Stream<Path> list = Files.list(view().resolve(endpoint))) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void publishesWhatAPollingServerReadsAndKeepsItsStateBeside() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        deploy("wine/2", "second");
        assertThat(published()).containsExactly("2");
        assertThat(served("2").resolve("model.txt")).hasContent("second");
        try (Stream<Path> list = Files.list(view())) {
            assertThat(list).containsExactly(view().resolve(endpoint));
        }
        assertThat(state().resolve("state.json")).exists();
    }

    @Test
    void prunesByCount() throws IOException {
        for (int version = 1; version <= 5; version++) {
            Path model = Files.createDirectories(home.resolve("model-" + version));
            Files.writeString(model.resolve("model.txt"), "version " + version);
            world.register("wine", model);
            assertThat(world.deploy(request("wine/" + version, "first"))).isInstanceOf(Progress.Done.class);
        }
        try (Stream<Path> kept = Files.list(state().resolve("revisions"))) {
            // The live one, the previous one, and two more.
            assertThat(kept).hasSize(2 + KEEP);
        }
        assertThat(world.deploy(request("wine/4", "first"))).isInstanceOf(Progress.Done.class);
    }

    /** A server that has loaded number 1 would not look whether its files have changed since. */
    @Test
    void givesOtherBytesAnotherNumber() throws IOException {
        register("wine", "first");
        register("fraud", "second");
        deploy("wine/1", "first");
        DeployRequest plain = request("fraud/1", "second");
        DeployRequest takingOver = new DeployRequest(
                plain.model(),
                plain.registry(),
                plain.target(),
                plain.endpoint(),
                plain.smokeTest(),
                true,
                true,
                plain.timeout());
        assertThat(world.deploy(takingOver)).isInstanceOf(Progress.Done.class);
        assertThat(published()).containsExactly("2");
        assertThat(world.newest("fraud").path("serves").path("id").asText()).isEqualTo("2");
        assertServes("fraud/1", "second");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "null",
                "garbage",
                "{\"format\":1}",
                "{\"format\":2,\"generation\":1,\"shown\":{},\"pointers\":[]}",
                "{\"format\":1,\"generation\":1,\"shown\":{},\"pointers\":[],\"live\":7}",
                "{\"format\":1,\"generation\":1,\"shown\":{},\"pointers\":[],\"live\":{}}",
                "{\"format\":1,\"generation\":1,\"live\":{\"model\":\"wine\""
            })
    void aDamagedStateIsNotTakenForAnEmptyEndpoint(String content) throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Path file = state().resolve("state.json");
        Files.writeString(file, content);
        Snapshot before = Snapshot.of(view());
        assertThatThrownBy(() -> world.deploy(request("wine/2", "second")))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CORRUPT))
                .hasMessageContainingAll(file.toString(), "Nothing was changed", "backup");
        assertThat(Snapshot.of(view())).isEqualTo(before);
        assertThat(file).hasContent(content);
    }

    /** MLServer's layout: settings beside the version directories, pointing to one; nothing that it would load twice. */
    @Test
    void writesTheSettingsThatMlserverReads() throws IOException {
        RolloutWorld mlserver = new RolloutWorld(
                home.resolve("mlserver"),
                clock -> target(new MlServerLayout(AllowedImplementations.parse("a.Runtime")), clock));
        mlserver.register("wine", model("first"));
        mlserver.register("wine", model("second"));
        assertThat(mlserver.deploy(request("wine/1", "first"))).isInstanceOf(Progress.Done.class);
        RolloutWorld.Run second =
                mlserver.deployment(request("wine/2", "second")).until("verifying");
        JsonNode settings = settings();
        assertThat(settings.path("name").asText()).isEqualTo(endpoint);
        assertThat(settings.path("implementation").asText()).isEqualTo("a.Runtime");
        assertThat(settings.path("versions").path(0).asText()).isEqualTo("2");
        assertThat(settings.path("parameters").path("uri").asText()).isEqualTo("./2");
        assertThat(served("2").resolve("assets/vocabulary")).hasContent("words of second");
        second.cancellation.cancel();
        second.end();
        assertThat(settings().path("parameters").path("uri").asText()).isEqualTo("./1");
        assertThat(published()).containsExactly("1", "model-settings.json");
    }

    private JsonNode settings() throws IOException {
        return Json.read(
                Files.readAllBytes(view().resolve(endpoint).resolve("model-settings.json")), ErrorKind.CORRUPT, "It");
    }

    @Test
    void saysThatTheDirectoryCannotBeWritten() throws IOException {
        register("wine", "first");
        Files.writeString(view(), "a file where the repository should be");
        Progress.Rejected refused = refused(world.deploy(request("wine/1", "first")), RejectionReason.INVALID_INPUT);
        assertThat(refused.message()).contains("Cannot publish wine/1 at " + view().resolve(endpoint));
    }

    @Test
    void refusesAStateInsideOfWhatTheServerReads() {
        assertThatThrownBy(() -> new EndpointFiles(
                        view(),
                        Optional.of(view().resolve("state")),
                        new VersionedLayout(AllowedImplementations.ANY),
                        KEEP,
                        Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
    }

    /** What Python writes beside a model that brings its own module. */
    @Test
    void toleratesWhatAServerCachesBesideTheModel() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Files.createDirectories(served("1").resolve("__pycache__"));
        Files.writeString(served("1").resolve("__pycache__/model.cpython-311.pyc"), "compiled");
        deploy("wine/2", "second");
        assertThat(published()).containsExactly("2");
    }

    @Test
    void finishesWhatADeadProcessHasBegunToPublish() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until("verifying");
        // As a process leaves it that dies between the two writes of the state.
        Path file = state().resolve("state.json");
        String written = Files.readString(file);
        Files.writeString(file, written.replace("\"SWITCHED\"", "\"SWITCHING\""));
        second.cancellation.cancel();
        refused(second.end(), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", "first");
    }

    /** What was served before is no longer kept, but still beside what replaced it. */
    @Test
    void putsBackWhatIsOnlyLeftWhereTheServerReads() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until("verifying");
        TestTrees.delete(state().resolve("revisions"));
        second.cancellation.cancel();
        refused(second.end(), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", "first");
    }

    /** An agent that shares the directories of the target replaces a file of this program by a link. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "state.json",
                "lock",
                "revisions",
                "smoke-tests",
                "staging",
                "incoming",
                "revisions/*",
                "revisions/*/files",
                "revisions/*/listing.json"
            })
    void followsNoLinkInItsState(String what) throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Path outside = Files.createDirectories(home.resolve("outside"));
        Path taken = outside.resolve("taken");
        Path place = place(state(), what);
        if (Files.exists(place)) {
            Files.move(place, taken);
        } else {
            Files.createDirectories(taken);
        }
        Files.createSymbolicLink(place, taken);
        Snapshot before = Snapshot.of(outside);
        try {
            world.deploy(request("wine/2", "second"));
            world.deploy(request("wine/1", "first"));
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.CONFLICT);
            assertThat(e).hasMessageContaining("is a link or leads through one");
        }
        assertThat(Snapshot.of(outside)).isEqualTo(before);
    }

    /** With {@code *} for the only file of that directory. */
    private static Path place(Path directory, String what) throws IOException {
        Path at = directory;
        for (String name : what.split("/")) {
            if (name.equals("*")) {
                try (Stream<Path> list = Files.list(at)) {
                    at = list.findFirst().orElseThrow();
                }
            } else {
                at = at.resolve(name).normalize();
            }
        }
        return at;
    }
}
