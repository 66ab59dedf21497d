package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.live.LiveTriton;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.Snapshot;
import io.jenkins.plugins.modeldelivery.engine.serving.TestTrees;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A directory that a running Triton polls. */
@Tag("live")
@ExtendWith(LiveTriton.Installed.class)
class TritonPollingLiveTest {
    private static final CallLimits NEVER = CallLimits.of(Cancellation.NONE);

    @TempDir
    static Path shared;

    @TempDir
    Path home;

    private static LiveTriton triton;

    private final String endpoint = "e" + UUID.randomUUID();
    private RolloutWorld world;

    @BeforeAll
    static void start() throws Exception {
        triton = LiveTriton.polling(shared.resolve("models"));
    }

    @AfterAll
    static void stop() throws Exception {
        triton.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        world = new RolloutWorld(
                home.resolve("world"), clock -> new DirectoryTarget(files(clock), new PollingServer(client())));
        LiveTriton.configure(directory());
        world.register("wine", LiveTriton.model(home.resolve("first"), 2));
        world.register("wine", LiveTriton.model(home.resolve("second"), 3));
    }

    /** An endpoint without a version must not keep the server of the next test from starting. */
    @AfterEach
    void removeWhatIsThere() throws IOException {
        TestTrees.delete(directory());
    }

    private static EndpointFiles files(Clock clock) {
        return new EndpointFiles(
                shared.resolve("models"), Optional.empty(), new VersionedLayout(AllowedImplementations.ANY), 3, clock);
    }

    private static OpenInferenceClient client() {
        return new OpenInferenceClient(
                new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL),
                URI.create(triton.url()),
                Clock.systemUTC());
    }

    private Path directory() {
        return shared.resolve("models").resolve(endpoint);
    }

    private DeployRequest request(String version, int factor) {
        return RolloutWorld.request(version, endpoint, Optional.of(LiveTriton.golden(factor)));
    }

    private void deploy(String version, int factor) throws Exception {
        assertThat(world.deploy(request(version, factor)))
                .as(world.log.toString())
                .isInstanceOf(Progress.Done.class);
        assertServes(version, factor);
    }

    /** Soon: a server that has the wrong version loads the right one when it looks again. */
    private void assertServes(String version, int factor) throws Exception {
        assertThat(world.target().state(endpoint).live().orElseThrow().version().text())
                .isEqualTo(version);
        Until.within(
                30,
                () -> world.target().defect(endpoint, NEVER).isEmpty()
                        && client().smoke(endpoint, LiveTriton.golden(factor), NEVER)
                                .passed(),
                () -> client().smoke(endpoint, LiveTriton.golden(factor), NEVER).reason());
    }

    private static Progress.Rejected refused(Progress progress, RejectionReason why) {
        assertThat(progress)
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        r -> assertThat(r.why()).as(r.message()).isEqualTo(why));
        return (Progress.Rejected) progress;
    }

    private static void restart() throws Exception {
        triton.kill();
        triton.restart();
    }

    @Test
    void servesOneVersionAfterAnotherAndAfterARestart() throws Exception {
        deploy("wine/1", 2);
        deploy("wine/2", 3);
        restart();
        assertServes("wine/2", 3);
        deploy("wine/1", 2);
        restart();
        assertServes("wine/1", 2);
    }

    @Test
    void putsBackWhatWasServedIfTheSmokeTestFails() throws Exception {
        deploy("wine/1", 2);
        Progress.Rejected back = refused(world.deploy(request("wine/2", 2)), RejectionReason.ROLLED_BACK);
        assertThat(back.message()).contains("the smoke test failed: y[0] is 4.5, expected was 3.0");
        assertServes("wine/1", 2);
        restart();
        assertServes("wine/1", 2);
    }

    /** Clients get the earlier version all the time. */
    @Test
    void saysWithTheServersWordsWhyItCannotLoad() throws Exception {
        deploy("wine/1", 2);
        world.register("wine", LiveTriton.broken(home.resolve("broken")));
        RolloutWorld.Run broken = world.deployment(request("wine/3", 2)).until("verifying");
        List<String> reasons = new ArrayList<>();
        Until.within(
                60,
                () -> broken.advance() instanceof Progress.Waiting waiting
                        && reasons.add(waiting.reason())
                        && waiting.reason().contains("UNAVAILABLE"),
                () -> "the reasons were " + reasons);
        assertThat(client().smoke(endpoint, LiveTriton.golden(2), NEVER).passed())
                .isTrue();
        world.pass(RolloutWorld.TIMEOUT);
        Progress.Rejected back = refused(broken.end(), RejectionReason.ROLLED_BACK);
        assertThat(back.message())
                .contains("did not finish within 60 s", "UNAVAILABLE", "SyntaxError")
                .hasSizeLessThan(700);
        assertServes("wine/1", 2);
        restart();
        assertServes("wine/1", 2);
    }

    /** The process dies while a version is loaded that cannot be; so does the server. */
    @Test
    void theSameRolloutGoesOnWhereABrokenVersionKeepsTheServerFromStarting() throws Exception {
        deploy("wine/1", 2);
        world.register("wine", LiveTriton.broken(home.resolve("broken")));
        RolloutWorld.Run broken = world.deployment(request("wine/3", 2)).until("verifying");
        triton.kill();
        assertThatThrownBy(triton::restart).hasMessageContaining("failed to load");
        broken.die();
        broken.cancellation.cancel();
        CompletableFuture<Progress> again = CompletableFuture.supplyAsync(broken::end);
        Until.within(30, () -> !Files.exists(directory().resolve("3")), () -> "version 3 is still there");
        triton.restart();
        refused(again.get(), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", 2);
    }

    @Test
    void leavesAModelThatSomebodyPutThereByHand() throws Exception {
        LiveTriton.model(directory().resolve("1"), 7);
        Until.within(
                30,
                () -> client().ready(endpoint, "1", NEVER).isReady(),
                () -> client().ready(endpoint, "1", NEVER).reason());
        Snapshot before = Snapshot.of(directory());
        assertThat(refused(world.deploy(request("wine/1", 2)), RejectionReason.CONFLICT)
                        .message())
                .contains("not deployed from here");
        assertThat(Snapshot.of(directory())).isEqualTo(before);
        restart();
        assertThat(client().smoke(endpoint, LiveTriton.golden(7), NEVER).passed())
                .isTrue();
    }

    /** It says that it has the extension with which models are loaded, and refuses each request of it. */
    @Test
    void isNoServerThatLoadsWhenAsked() {
        DirectoryTarget asked = new DirectoryTarget(files(world.clock), new ExplicitLoadServer(client()));
        assertThatThrownBy(() -> asked.inspect(endpoint, NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED))
                .hasMessageContaining("not allowed if polling is enabled");
    }
}
