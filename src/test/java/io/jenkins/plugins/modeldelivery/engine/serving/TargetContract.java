package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every target does, driven by whole deployments: one after another, two at once, with an outsider who works in the
 * directory that the server reads, and with processes that die.
 */
public abstract class TargetContract {
    protected static final Cancellation NEVER = Cancellation.NONE;

    @TempDir
    protected Path home;

    protected final String endpoint = "e" + UUID.randomUUID();
    protected RolloutWorld world;

    /** The target as a new process opens it. */
    protected abstract ServingTarget open(Clock clock);

    /** The directory that the server reads. */
    protected abstract Path view();

    /** The files of two models that can be served, "first" and "second". */
    protected abstract Path model(String name) throws IOException;

    /** A golden request that this model answers as expected; empty if nothing answers here. */
    protected abstract Optional<SmokeTest> golden(String name) throws IOException;

    /** A model of another program at this endpoint, in the layout of its server. */
    protected abstract void putByHand(Path directory) throws IOException;

    /** What the server finds of the model that is served, below the endpoint's directory. */
    protected abstract Path served(String number) throws IOException;

    /** States of a rollout in which another process may continue it or interfere. */
    static Stream<String> states() {
        return Stream.of("applying", "loading", "awaiting-candidate", "switching", "verifying", "recording-live");
    }

    /** What an administrator puts at an endpoint before anything is deployed there. */
    protected void prepareEndpoint() throws IOException {}

    @BeforeEach
    void makeWorld() throws IOException {
        world = new RolloutWorld(home.resolve("world"), this::open);
        prepareEndpoint();
    }

    /** Registers versions 1 … of a model with these files. */
    protected void register(String model, String... names) throws IOException {
        for (String name : names) {
            world.register(model, model(name));
        }
    }

    protected DeployRequest request(String version, String name) throws IOException {
        return RolloutWorld.request(version, endpoint, golden(name));
    }

    protected void deploy(String version, String name) throws IOException {
        assertThat(world.deploy(request(version, name)))
                .as(world.log.toString())
                .isInstanceOf(Progress.Done.class);
        assertServes(version, name);
    }

    /** The state, the files, the server and the record agree that this is served. */
    protected void assertServes(String version, String name) throws IOException {
        ServingTarget target = open(world.clock);
        Revision live = target.state(endpoint).live().orElseThrow();
        assertThat(live.version().text()).isEqualTo(version);
        assertThat(live.digest())
                .isEqualTo(ModelFiles.list(model(name)).hash(NEVER).digest());
        assertThat(target.defect(endpoint, CallLimits.of(NEVER))).isEmpty();
        assertThat(Files.isDirectory(served(live.id()))).isTrue();
        Optional<SmokeTest> golden = golden(name);
        if (golden.isPresent()) {
            Rollout any = new Rollout("any", endpoint, live.version(), Optional.empty(), 0, world.clock.instant());
            SmokeTestResult tested = target.smokeLive(any, golden.get(), CallLimits.of(NEVER));
            assertThat(tested.passed()).as(tested.reason()).isTrue();
        }
        assertThat(target.state(endpoint).rollout())
                .as("nothing is in progress")
                .isEmpty();
        assertNoCandidate();
    }

    protected void assertNoCandidate() throws IOException {
        if (Files.isDirectory(view())) {
            try (Stream<Path> list = Files.list(view())) {
                assertThat(list.map(p -> p.getFileName().toString()))
                        .noneMatch(name -> name.startsWith(endpoint + "--"));
            }
        }
    }

    protected void assertNewestOutcomeSays(String model, String version) {
        JsonNode serves = world.newest(model).path("serves");
        assertThat(serves.path("model").asText() + "/" + serves.path("version").asText())
                .isEqualTo(version);
    }

    protected static Progress.Rejected refused(Progress progress, RejectionReason why) {
        assertThat(progress).isInstanceOf(Progress.Rejected.class);
        Progress.Rejected refused = (Progress.Rejected) progress;
        assertThat(refused.why()).as(refused.message()).isEqualTo(why);
        return refused;
    }

    @Test
    void servesOneVersionAfterAnother() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        deploy("wine/2", "second");
        assertThat(world.outcomes("wine"))
                .containsExactly("deployment-started 1", "deployed 1", "deployment-started 2", "deployed 2");
        JsonNode outcome = world.newest("wine");
        assertThat(outcome.path("generationBefore").asLong()).isEqualTo(1);
        assertThat(outcome.path("generationAfter").asLong()).isEqualTo(2);
        assertThat(outcome.path("previous").path("version").asText()).isEqualTo("1");
        assertThat(outcome.path("serves").path("digest").asText()).startsWith("sha256:");
    }

    @Test
    void servesALowerVersionAfterAHigherOne() throws IOException {
        register("wine", "first", "second");
        deploy("wine/2", "second");
        deploy("wine/1", "first");
    }

    @Test
    void servesAgainWhatWasReplacedLongAgo() throws IOException {
        register("wine", "first", "second", "second");
        deploy("wine/1", "first");
        deploy("wine/2", "second");
        deploy("wine/3", "second");
        deploy("wine/1", "first");
    }

    @ParameterizedTest
    @MethodSource("states")
    void takesBackWhatIsCancelled(String state) throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until(state);
        second.cancellation.cancel();
        if (state.equals("recording-live")) {
            assertThat(second.end()).isInstanceOf(Progress.Done.class);
            assertServes("wine/2", "second");
            return;
        }
        Progress.Rejected back = refused(second.end(), RejectionReason.ROLLED_BACK);
        assertThat(back.message()).contains("it was cancelled").contains("It serves wine/1 again");
        assertServes("wine/1", "first");
        assertNewestOutcomeSays("wine", "wine/1");
    }

    @Test
    void emptiesAnEndpointThatServedNothingBefore() throws IOException {
        register("wine", "first");
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        RolloutWorld.Run first = world.deployment(request("wine/1", "first")).until("verifying");
        first.cancellation.cancel();
        refused(first.end(), RejectionReason.ROLLED_BACK);
        assertThat(open(world.clock).state(endpoint).live()).isEmpty();
        assertThat(Snapshot.of(view().resolve(endpoint))).isEqualTo(before);
        assertThat(world.newest("wine").path("serves").isNull()).isTrue();
        deploy("wine/1", "first");
    }

    @ParameterizedTest
    @MethodSource("states")
    void goesOnInANewProcess(String state) throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until(state);
        second.die();
        assertThat(second.end()).isInstanceOf(Progress.Done.class);
        assertServes("wine/2", "second");
        assertThat(world.outcomes("wine")).endsWith("deployment-started 2", "deployed 2");
    }

    /** The registry returns other bytes than registered, without a digest tag. */
    private boolean changes(DeployRequest request) {
        Progress progress = world.deploy(request);
        assertThat(progress).as(world.log.toString()).isInstanceOf(Progress.Done.class);
        return ((Progress.Done) progress).result().path("changed").asBoolean();
    }

    /** The state says that it is served; the files are what counts. */
    @Test
    void servesAgainAVersionWhoseFilesAreGone() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        assertThat(changes(request("wine/1", "first"))).isFalse();
        TestTrees.delete(served("1"));
        assertThat(changes(request("wine/1", "first"))).isTrue();
        assertServes("wine/1", "first");
        assertThat(world.log).anyMatch(line -> line.startsWith("damaged"));
    }

    /** That a version is served already does not answer the question that the smoke test asks. */
    @Test
    void runsTheSmokeTestOfAVersionThatIsServedAlready() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        Optional<SmokeTest> ofAnother = golden("second");
        if (ofAnother.isEmpty()) {
            assertThat(changes(request("wine/1", "first")))
                    .as("no server answers here")
                    .isFalse();
            return;
        }
        refused(world.deploy(RolloutWorld.request("wine/1", endpoint, ofAnother)), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", "first");
    }

    @Test
    void refusesOtherBytesThanWereRegistered() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        Path other = model("first");
        world.registries = real -> (ModelRegistry) Proxy.newProxyInstance(
                ModelRegistry.class.getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, args) -> {
                    if (method.getName().equals("download")) {
                        TestTrees.link(other, (Path) args[1], name -> name);
                        return ModelFiles.list(other).hash(NEVER);
                    }
                    try {
                        Object result = method.invoke(real, args);
                        return method.getName().equals("version") ? withoutTags((ModelVersion) result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Progress.Rejected conflict = refused(world.deploy(request("wine/2", "second")), RejectionReason.CONFLICT);
        assertThat(conflict.message())
                .contains("differ from the registered files")
                .contains("sha256:");
        assertThat(Snapshot.of(view().resolve(endpoint))).isEqualTo(before);
        assertServes("wine/1", "first");
        assertThat(world.outcomes("wine")).endsWith("deployment-started 2", "deployment-conflict 2");
        assertNewestOutcomeSays("wine", "wine/1");
    }

    private static ModelVersion withoutTags(ModelVersion v) {
        return new ModelVersion(
                v.name(),
                v.version(),
                v.status(),
                v.statusMessage(),
                v.uri(),
                v.url(),
                Map.of(),
                v.runId(),
                v.modelId(),
                v.source(),
                v.created(),
                v.fingerprint());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", "a/b", ".hidden", "a b", "größe", "x--0123abcd", "nul\u0000", "a\nb", "-rf", "~", "C:x"
            })
    void refusesEndpointsThatCannotBe(String name) {
        assertThatThrownBy(() -> open(world.clock).checkEndpoint(name))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
        assertThatThrownBy(() -> open(world.clock).checkEndpoint("n".repeat(1000)))
                .isInstanceOf(DeliveryException.class);
    }

    @Test
    void describesItself() {
        assertThat(open(world.clock).describe(NEVER).kind()).isNotEmpty();
    }
}
