package io.jenkins.plugins.modeldelivery.engine.serving.openinference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.live.LiveTriton;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.Snapshot;
import io.jenkins.plugins.modeldelivery.engine.serving.TargetContract;
import io.jenkins.plugins.modeldelivery.engine.serving.TestTrees;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.KilledProcess;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on a running Triton that loads models when asked, with a configuration that names the endpoint beside the
 * versions. Those tests of the contract are left out in which the server has no part.
 */
@Tag("live")
@ExtendWith(LiveTriton.Installed.class)
class TritonTargetLiveTest extends TargetContract {
    @TempDir
    static Path shared;

    private static LiveTriton triton;

    /** Those after the server was asked for something. */
    static Stream<String> states() {
        return Stream.of("awaiting-candidate", "switching", "verifying");
    }

    @BeforeAll
    static void start() throws Exception {
        triton = LiveTriton.loading(shared.resolve("models"));
    }

    @AfterAll
    static void stop() throws Exception {
        triton.close();
    }

    /** An endpoint without a version must not keep the server of the next test from starting. */
    @AfterEach
    void removeWhatIsThere() throws IOException {
        client().unload(endpoint, CallLimits.of(NEVER));
        TestTrees.delete(view().resolve(endpoint));
    }

    @Override
    protected void prepareEndpoint() throws IOException {
        LiveTriton.configure(view().resolve(endpoint));
    }

    @Override
    protected ServingTarget open(Clock clock) {
        return new DirectoryTarget(files(clock), new ExplicitLoadServer(client()));
    }

    private static EndpointFiles files(Clock clock) {
        return new EndpointFiles(
                shared.resolve("models"),
                Optional.of(shared.resolve("state")),
                new VersionedLayout(AllowedImplementations.ANY),
                3,
                clock);
    }

    @Override
    protected Path view() {
        return shared.resolve("models");
    }

    private static int factor(String name) {
        return name.equals("first") ? 2 : 3;
    }

    @Override
    protected Path model(String name) throws IOException {
        return LiveTriton.model(home.resolve(name), factor(name));
    }

    @Override
    protected Optional<SmokeTest> golden(String name) {
        return Optional.of(LiveTriton.golden(factor(name)));
    }

    @Override
    protected void putByHand(Path directory) throws IOException {
        LiveTriton.configure(directory);
        LiveTriton.model(directory.resolve("1"), 7);
    }

    @Override
    protected Path served(String number) {
        return view().resolve(endpoint).resolve(number);
    }

    private static OpenInferenceClient client() {
        return new OpenInferenceClient(
                new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL),
                URI.create(triton.url()),
                Clock.systemUTC());
    }

    @Test
    void saysWithTheServersWordsWhyItCannotLoad() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        world.register("wine", LiveTriton.broken(home.resolve("broken")));
        Progress.Rejected back = refused(world.deploy(request("wine/2", "second")), RejectionReason.ROLLED_BACK);
        assertThat(back.message())
                .contains("the server could not load it: the server answered 400", "SyntaxError")
                .contains("--strict-readiness=false")
                .hasSizeLessThan(700);
        assertServes("wine/1", "first");
    }

    @Test
    void recognisesAnotherModelByItsAnswers() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Progress.Rejected back = refused(world.deploy(request("wine/2", "first")), RejectionReason.ROLLED_BACK);
        assertThat(back.message()).contains("the smoke test failed: y[0] is 4.5, expected was 3.0");
        assertServes("wine/1", "first");
    }

    @Test
    void aRestartedServerServesWhatIsLive() throws Exception {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        deploy("wine/2", "second");
        refused(world.deploy(request("wine/1", "second")), RejectionReason.ROLLED_BACK);
        restart();
        assertServes("wine/2", "second");
        deploy("wine/1", "first");
        restart();
        assertServes("wine/1", "first");
    }

    private static void restart() throws Exception {
        triton.kill();
        triton.restart();
    }

    /** Its files are elsewhere by now; the server still answers with it. */
    @Test
    void leavesAModelThatOnlyTheServerKnows() throws IOException {
        register("wine", "first");
        putByHand(view().resolve(endpoint));
        assertThat(client().load(endpoint, CallLimits.of(NEVER)).isReady()).isTrue();
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        assertThat(refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT)
                        .message())
                .contains("not deployed from here");
        assertThat(Snapshot.of(view().resolve(endpoint))).isEqualTo(before);
        TestTrees.delete(view().resolve(endpoint));
        assertThat(refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT)
                        .message())
                .contains("has a model " + endpoint);
        assertThat(client().smoke(endpoint, LiveTriton.golden(7), CallLimits.of(NEVER))
                        .passed())
                .isTrue();
    }

    /** What kill -9 leaves while a broken candidate loads: the restarted server finds it and exits. */
    @Test
    void theSameRolloutTakesABrokenCandidateAwayBeforeItWaitsForTheServer() throws Exception {
        register("wine", "first");
        deploy("wine/1", "first");
        world.register("wine", LiveTriton.broken(home.resolve("broken")));
        RolloutWorld.Run broken = world.deployment(request("wine/2", "second")).until("loading");
        KilledProcess.whileACandidateLoads(
                files(world.clock), Rollout.fromJson(broken.journal().path("rollout")));
        triton.kill();
        assertThatThrownBy(triton::restart).isInstanceOf(IOException.class).hasMessageContaining("failed to load");
        broken.die();
        CompletableFuture<Progress> again = CompletableFuture.supplyAsync(broken::end);
        Until.within(30, () -> !hasCandidate(), () -> "the candidate is still there");
        triton.restart();
        refused(again.get(), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", "first");
    }

    private boolean hasCandidate() throws IOException {
        try (Stream<Path> list = Files.list(view())) {
            return list.anyMatch(p -> p.getFileName().toString().startsWith(endpoint + "--"));
        }
    }

    /** A restart during the test of a candidate: the server finds it, and it goes with the rollout. */
    @Test
    void aServerThatRestartsWhileACandidateIsTestedKeepsNone() throws Exception {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until("smoke-testing");
        restart();
        assertThat(second.end()).isInstanceOf(Progress.Done.class);
        assertServes("wine/2", "second");
    }
}
