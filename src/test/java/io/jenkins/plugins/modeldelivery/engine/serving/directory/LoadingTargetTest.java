package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SharedTargetContract;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A directory whose server loads models when asked, as MLServer does. */
class LoadingTargetTest extends SharedTargetContract {
    private FakeModelServer server;

    @BeforeEach
    void startServer() {
        server = new FakeModelServer(view());
    }

    @Override
    protected ServingTarget open(Clock clock) {
        return new DirectoryTarget(
                new EndpointFiles(
                        view(),
                        Optional.empty(),
                        new MlServerLayout(AllowedImplementations.parse("a.Runtime")),
                        3,
                        clock),
                server);
    }

    @Override
    protected Path view() {
        return home.resolve("models");
    }

    @Override
    protected Path model(String name) throws IOException {
        Path model = Files.createDirectories(home.resolve(name));
        Files.writeString(model.resolve("model.txt"), name);
        return model;
    }

    @Override
    protected Optional<SmokeTest> golden(String name) {
        byte[] outputs = ("[{\"name\": \"text\", \"datatype\": \"BYTES\", \"shape\": [1], \"data\": [\"" + name
                        + "\"]}]")
                .getBytes(StandardCharsets.UTF_8);
        return Optional.of(new SmokeTest(
                Json.object(),
                Optional.of(Json.read(outputs, ErrorKind.INVALID_INPUT, "It")),
                0,
                0,
                Optional.empty(),
                Optional.empty()));
    }

    @Override
    protected void putByHand(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("model-settings.json"), "{\"name\": \"" + endpoint + "\"}");
        Files.writeString(directory.resolve("model.txt"), "theirs");
    }

    @Override
    protected Path served(String number) {
        return view().resolve(endpoint).resolve(number);
    }

    @Test
    void aCandidateThatFailsItsTestNeverHasTraffic() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Snapshot before = Snapshot.of(view());
        Progress.Rejected back = refused(world.deploy(request("wine/2", "first")), RejectionReason.ROLLED_BACK);
        assertThat(back.message()).contains("the smoke test failed: text[0] is second, expected was first");
        assertThat(Snapshot.of(view())).isEqualTo(before);
        assertServes("wine/1", "first");
        assertThat(open(world.clock).state(endpoint).generation()).isEqualTo(1);
    }

    @Test
    void sayWithTheServersWordsWhyItCannotLoad() throws IOException {
        register("wine", "first", "broken");
        deploy("wine/1", "first");
        Progress.Rejected back = refused(world.deploy(request("wine/2", "broken")), RejectionReason.ROLLED_BACK);
        assertThat(back.message()).contains("the server could not load it: the server answered 500");
        assertServes("wine/1", "first");
    }

    /** The same name under another directory: MLServer would load both, one over the other. */
    @Test
    void leavesAModelOfTheSameNameInAnotherDirectory() throws IOException {
        register("wine", "first");
        Path theirs = Files.createDirectories(view().resolve("theirs/deep"));
        Files.writeString(theirs.resolve("model-settings.json"), "{\"name\": \"" + endpoint + "\"}");
        Snapshot before = Snapshot.of(view());
        Progress.Rejected refused = refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT);
        assertThat(refused.message()).contains(theirs.toString()).contains("another model " + endpoint);
        assertThat(Snapshot.of(view())).isEqualTo(before);
    }

    @Test
    void leavesSettingsThatSomebodyEdited() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Path settings = view().resolve(endpoint).resolve("model-settings.json");
        String ours = Files.readString(settings);
        Files.writeString(settings, ours.replace("a.Runtime", "their.Runtime"));
        Snapshot before = Snapshot.of(view());
        for (String version : new String[] {"wine/1", "wine/2"}) {
            Progress.Rejected refused = refused(world.deploy(request(version, "first")), RejectionReason.CONFLICT);
            assertThat(refused.message()).contains("somebody changed " + settings);
            assertThat(Snapshot.of(view())).isEqualTo(before);
        }
        Files.writeString(settings, ours);
        deploy("wine/2", "second");
    }

    /** Edited while the failed candidate is live: nothing is put back over it. */
    @Test
    void neverRestoresOverWhatSomebodyEditedMeanwhile() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until("verifying");
        Path settings = view().resolve(endpoint).resolve("model-settings.json");
        Files.writeString(settings, "{\"name\": \"" + endpoint + "\", \"theirs\": true}");
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        second.cancellation.cancel();
        Progress.Rejected conflict = refused(second.end(), RejectionReason.CONFLICT);
        assertThat(conflict.message()).contains("it was cancelled").contains("somebody changed " + settings);
        assertThat(Snapshot.of(view().resolve(endpoint)).paths())
                .containsEntry("model-settings.json", before.paths().get("model-settings.json"));
        assertThat(world.outcomes("wine")).endsWith("deployment-conflict 2");
    }

    @Test
    void leavesAModelThatOnlyTheServerKnows() throws IOException {
        register("wine", "first");
        putByHand(view().resolve(endpoint));
        Files.writeString(
                view().resolve(endpoint).resolve("model-settings.json"),
                "{\"name\": \"" + endpoint + "\", \"parameters\": {\"uri\": \".\"}}");
        server.start();
        Files.delete(view().resolve(endpoint).resolve("model-settings.json"));
        Progress.Rejected refused = refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT);
        assertThat(refused.message()).contains("the server at http://fake has a model " + endpoint);
    }

    /** It restarts while a candidate is tested: it does not have the candidate, and the rollout loads it again. */
    @Test
    void aServerThatRestartsWhileACandidateIsTestedFindsNoCandidate() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until("awaiting-candidate");
        server.kill();
        server.start();
        assertThat(server.running()).isTrue();
        assertThat(second.end()).isInstanceOf(Progress.Done.class);
        assertServes("wine/2", "second");
    }

    /** A candidate that kills its server, and a process that dies at the same time: the server can start again. */
    @Test
    void aCandidateThatKillsItsServerIsTakenAwayBeforeTheServerIsAskedAgain() throws IOException {
        register("wine", "first", "deadly");
        deploy("wine/1", "first");
        RolloutWorld.Run deadly = world.deployment(request("wine/2", "deadly")).until("loading");
        // After kill -9: the candidate is visible.
        KilledProcess.whileACandidateLoads(files(), rolloutOf(deadly));
        server.kill();
        server.start();
        assertThat(server.running()).as("it finds the candidate and dies").isFalse();
        deadly.die();
        assertThat(deadly.advance())
                .isInstanceOfSatisfying(
                        Progress.Waiting.class,
                        waiting -> assertThat(waiting.reason()).contains("no connection"));
        server.start();
        assertThat(server.running()).as("it finds no candidate").isTrue();
        deadly.cancellation.cancel();
        refused(deadly.end(), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", "first");
    }

    private EndpointFiles files() {
        return new EndpointFiles(
                view(),
                Optional.empty(),
                new MlServerLayout(AllowedImplementations.parse("a.Runtime")),
                3,
                world.clock);
    }

    private static Rollout rolloutOf(RolloutWorld.Run run) {
        return Rollout.fromJson(run.journal().path("rollout"));
    }

    @Test
    void inputThatTurnsOutWrongIsNoVerdictOnTheVersion() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        Path nested = Files.createDirectories(home.resolve("nested/inner"));
        Files.writeString(home.resolve("nested/model.txt"), "nested");
        Files.writeString(nested.resolve("model-settings.json"), "{}");
        world.register("wine", home.resolve("nested"));
        Progress.Rejected wrong = refused(world.deploy(request("wine/2", "second")), RejectionReason.INVALID_INPUT);
        assertThat(wrong.message())
                .contains("model of its own")
                .contains("It serves wine/1 again")
                .doesNotContain("rolled back from");
        assertThat(world.outcomes("wine")).endsWith("deployment-failed 2");
        assertThat(world.newest("wine").path("serves").path("version").asText()).isEqualTo("1");
        assertServes("wine/1", "first");
    }

    /** As a client does whose time-out is what is left of the rollout. */
    private void takesToLoad(Duration time) {
        server.loading = limits -> {
            Duration waited = limits.atMost(time);
            world.clock.forward(waited);
            if (waited.compareTo(time) < 0) {
                throw ErrorKind.TIMED_OUT.error("No answer to load within " + waited.toSeconds() + " s.");
            }
        };
    }

    @Test
    void theTimeoutBoundsEachCallAndIsAskedAfterEachState() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        takesToLoad(Duration.ofSeconds(50));
        Instant begun = world.clock.instant();
        Progress.Rejected late = refused(world.deploy(request("wine/2", "second")), RejectionReason.ROLLED_BACK);
        assertThat(late.message()).contains("No answer to load within").contains("It serves wine/1 again");
        // Fifty seconds for the candidate, ten for the switch; then a minute of its own to restore.
        assertThat(Duration.between(begun, world.clock.instant())).isLessThan(Duration.ofSeconds(60 + 60 + 10));
        assertThat(world.log).anyMatch(line -> line.startsWith("loading"));
        server.loading = limits -> {};
        assertServes("wine/1", "first");
    }

    /** The time goes by in a call that ends without an error of its own. */
    @Test
    void aRolloutThatIsOverdueSaysWhatItLackedAndWhatToDo() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        server.loading = limits ->
                world.clock.forward(limits.atMost(Duration.ofMinutes(2)).plusSeconds(1));
        Progress.Rejected late = refused(world.deploy(request("wine/2", "second")), RejectionReason.ROLLED_BACK);
        assertThat(late.message())
                .contains("it did not finish within 60 s: the server had not said that it is ready")
                .contains("or set a longer time limit. It serves wine/1 again.");
        server.loading = limits -> {};
        assertServes("wine/1", "first");
    }

    @Test
    void aWaitThatGoesOnIsMentionedNowAndThen() throws IOException {
        register("wine", "first");
        server.loading = limits -> {
            throw ErrorKind.UNREACHABLE.error("Cannot load: no connection.");
        };
        RolloutWorld.Run run = world.deployment(request("wine/1", "first")).until("loading");
        Set<String> reasons = new LinkedHashSet<>();
        while (run.advance() instanceof Progress.Waiting waiting) {
            if (!waiting.reason().isEmpty()) {
                reasons.add(waiting.reason());
            }
            world.pass(waiting.pause());
        }
        assertThat(reasons).containsExactly("Cannot load: no connection.", "Cannot load: no connection. (for 30 s)");
    }
}
