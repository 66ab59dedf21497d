package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.delivery.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.Progress;
import io.jenkins.plugins.modeldelivery.engine.delivery.Refusal;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
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

    /** A model of somebody else at this endpoint, as its server reads it. */
    protected abstract void putByHand(Path directory) throws IOException;

    /** What the server finds of the model that is served, below the endpoint's directory. */
    protected abstract Path served(String number) throws IOException;

    /** States of a rollout in which another process may go on, or somebody else may come between. */
    static Stream<String> states() {
        return Stream.of("applying", "loading", "awaiting-candidate", "switching", "verifying", "recording-live");
    }

    @BeforeEach
    void makeWorld() {
        world = new RolloutWorld(home.resolve("world"), this::open);
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
        assertThat(target.defect(endpoint, Limits.of(NEVER))).isEmpty();
        assertThat(Files.isDirectory(served(live.id()))).isTrue();
        Optional<SmokeTest> golden = golden(name);
        if (golden.isPresent()) {
            Rollout any = new Rollout("any", endpoint, live.version(), Optional.empty(), 0, world.clock.instant());
            SmokeResult tested = target.smokeLive(any, golden.get(), Limits.of(NEVER));
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

    private void assertNewestOutcomeSays(String model, String version) {
        JsonNode serves = world.newest(model).path("serves");
        assertThat(serves.path("model").asText() + "/" + serves.path("version").asText())
                .isEqualTo(version);
    }

    protected static Progress.Refused refused(Progress progress, Refusal why) {
        assertThat(progress).isInstanceOf(Progress.Refused.class);
        Progress.Refused refused = (Progress.Refused) progress;
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
        Progress.Refused back = refused(second.end(), Refusal.ROLLED_BACK);
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
        refused(first.end(), Refusal.ROLLED_BACK);
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

    /** The registry gives other bytes than were registered, and has no tag that would tell. */
    @Test
    void refusesOtherBytesThanWereRegistered() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        Path other = model("first");
        world.registries = real -> (ModelRegistry) Proxy.newProxyInstance(
                ModelRegistry.class.getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, args) -> {
                    if (method.getName().equals("download")) {
                        FileTrees.link(other, (Path) args[1], name -> name);
                        return ModelFiles.list(other).hash(NEVER);
                    }
                    try {
                        Object result = method.invoke(real, args);
                        return method.getName().equals("version") ? withoutTags((ModelVersion) result) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        Progress.Refused conflict = refused(world.deploy(request("wine/2", "second")), Refusal.CONFLICT);
        assertThat(conflict.message())
                .contains("not those that were registered")
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

    /** A plans 1 → 2, B puts 3 live, A meets that. */
    @ParameterizedTest
    @ValueSource(strings = {"recording-start", "claiming"})
    void leavesWhatAnotherRolloutPutLiveBeforeThisOneBegan(String state) throws IOException {
        register("wine", "first", "second", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run late = world.deployment(request("wine/2", "second")).until(state);
        deploy("wine/3", "second");
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        Progress.Refused conflict = refused(late.end(), Refusal.CONFLICT);
        assertThat(conflict.message()).contains("it serves wine/3 now").contains("generation 2");
        assertThat(Snapshot.of(view().resolve(endpoint))).isEqualTo(before);
        assertServes("wine/3", "second");
        assertThat(world.outcomes("wine")).endsWith("deployment-conflict 2");
        assertNewestOutcomeSays("wine", "wine/3");
    }

    @ParameterizedTest
    @MethodSource("states")
    void refusesToBeginWhileAnotherRolloutIsInProgress(String state) throws IOException {
        register("wine", "first", "second", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run first = world.deployment(request("wine/2", "second")).until(state);
        Snapshot before = Snapshot.of(view());
        Progress.Refused refused = refused(world.deploy(request("wine/3", "second")), Refusal.CONFLICT);
        assertThat(refused.message()).contains(first.id, "wine/2", "is in progress since", "given up after");
        assertThat(Snapshot.of(view())).isEqualTo(before);
        assertThat(first.end()).isInstanceOf(Progress.Done.class);
        assertServes("wine/2", "second");
    }

    /** A rollout that was given up, whose place another one took, finds that out in whatever state it goes on. */
    @ParameterizedTest
    @MethodSource("states")
    void aRolloutThatWasGivenUpChangesNothingMore(String state) throws IOException {
        register("wine", "first", "second", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run givenUp = world.deployment(request("wine/2", "second")).until(state);
        world.giveUp();
        deploy("wine/3", "second");
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        givenUp.die();
        Progress.Refused conflict = refused(givenUp.end(), Refusal.CONFLICT);
        assertThat(conflict.message()).contains("it serves wine/3 now");
        assertThat(Snapshot.of(view().resolve(endpoint))).isEqualTo(before);
        assertServes("wine/3", "second");
        assertThat(world.outcomes("wine")).endsWith("deployment-conflict 2");
        assertNewestOutcomeSays("wine", "wine/3");
    }

    @Test
    void severalAtOnceEndInOneOfThem() throws Exception {
        register("wine", "first", "second", "second", "second", "second");
        deploy("wine/1", "first");
        List<CompletableFuture<Progress>> all = new ArrayList<>();
        for (int version : IntStream.rangeClosed(2, 5).toArray()) {
            DeployRequest request = request("wine/" + version, "second");
            all.add(CompletableFuture.supplyAsync(() -> world.deploy(request)));
        }
        int done = 0;
        for (CompletableFuture<Progress> one : all) {
            Progress progress = one.get();
            done += progress instanceof Progress.Done ? 1 : 0;
            if (!(progress instanceof Progress.Done)) {
                refused(progress, Refusal.CONFLICT);
            }
        }
        assertThat(done).isPositive();
        EndpointState state = open(world.clock).state(endpoint);
        assertThat(state.generation()).isEqualTo(1 + done);
        assertServes(state.live().orElseThrow().version().text(), "second");
        long newest = world.events("wine").stream()
                .filter(e -> e.draft().type() == EventType.DEPLOYED)
                .mapToLong(e -> e.draft().details().path("generationAfter").asLong())
                .max()
                .orElseThrow();
        assertThat(world.events("wine").stream()
                        .filter(e -> e.draft().details().path("generationAfter").asLong() == newest
                                && e.draft().type() == EventType.DEPLOYED)
                        .map(e -> e.draft().version().orElseThrow()))
                .containsExactly(state.live().orElseThrow().version().version());
    }

    @Test
    void refusesAnotherModelUnlessItMayTakeOver() throws IOException {
        register("wine", "first");
        register("fraud", "second");
        deploy("wine/1", "first");
        Snapshot before = Snapshot.of(view());
        Progress.Refused refused = refused(world.deploy(request("fraud/1", "second")), Refusal.CONFLICT);
        assertThat(refused.message()).contains("serves another model, wine/1").contains("takeOver");
        assertThat(Snapshot.of(view())).isEqualTo(before);
        assertServes("wine/1", "first");
        assertThat(world.outcomes("fraud")).isEmpty();
    }

    private DeployRequest takingOver(String version, String name) throws IOException {
        DeployRequest request = request(version, name);
        return new DeployRequest(
                request.model(),
                request.registry(),
                request.target(),
                request.endpoint(),
                request.smokeTest(),
                request.rollback(),
                true,
                request.timeout());
    }

    /** Both are version 1 of their model: their files never share a directory. */
    @Test
    void putsBackTheModelWhoseEndpointWasTakenOver() throws IOException {
        register("wine", "first");
        register("fraud", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run fraud =
                world.deployment(takingOver("fraud/1", "second")).until("verifying");
        fraud.cancellation.cancel();
        refused(fraud.end(), Refusal.ROLLED_BACK);
        assertServes("wine/1", "first");
        assertThat(world.deploy(takingOver("fraud/1", "second"))).isInstanceOf(Progress.Done.class);
        assertServes("fraud/1", "second");
        assertThat(world.newest("fraud").path("takeOver").asBoolean()).isTrue();
        assertThat(world.newest("fraud").path("previous").path("model").asText())
                .isEqualTo("wine");
    }

    @Test
    void leavesAModelThatSomebodyPutThereByHand() throws IOException {
        register("wine", "first");
        putByHand(view().resolve(endpoint));
        Snapshot before = Snapshot.of(view());
        Progress.Refused refused = refused(world.deploy(request("wine/1", "first")), Refusal.CONFLICT);
        assertThat(refused.message()).contains("not deployed from here").contains("Move it away");
        assertThat(Snapshot.of(view())).isEqualTo(before);
        assertThat(world.outcomes("wine")).isEmpty();
        FileTrees.delete(view().resolve(endpoint));
    }

    /** Whatever the outsider has put there stays, in whatever state the rollout meets it. */
    @ParameterizedTest
    @MethodSource("states")
    void leavesAVersionThatSomebodyPutBesideOurs(String state) throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until(state);
        Path theirs = Files.createDirectories(view().resolve(endpoint).resolve("77"));
        Files.writeString(theirs.resolve("weights"), "theirs");
        Snapshot before = Snapshot.of(theirs);
        Progress ended = second.end();
        if (!state.equals("recording-live")) {
            assertThat(refused(ended, Refusal.CONFLICT).message()).contains(theirs.toString());
        }
        assertThat(Snapshot.of(theirs)).isEqualTo(before);
        assertThat(refused(world.deploy(request("wine/1", "first")), Refusal.CONFLICT)
                        .message())
                .contains(theirs.toString());
        assertThat(Snapshot.of(theirs)).isEqualTo(before);
        FileTrees.delete(theirs);
    }

    @Test
    void leavesServedFilesThatSomebodyChanged() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Path file;
        try (Stream<Path> walk = Files.walk(served("1"))) {
            file = walk.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
        byte[] changed = "changed by somebody".getBytes(StandardCharsets.UTF_8);
        byte[] original = Files.readAllBytes(file);
        Files.delete(file);
        Files.write(file, changed);
        Snapshot before = Snapshot.of(view());
        for (String version : List.of("wine/1", "wine/2")) {
            Progress.Refused refused = refused(world.deploy(request(version, "first")), Refusal.CONFLICT);
            assertThat(refused.message()).contains("somebody changed the files in " + served("1"));
            assertThat(Snapshot.of(view())).isEqualTo(before);
        }
        Files.write(file, original);
        deploy("wine/2", "second");
    }

    @Test
    void refusesALinkAtTheEndpoint() throws IOException {
        register("wine", "first");
        Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
        Files.createDirectories(view());
        Path link = Files.createSymbolicLink(view().resolve(endpoint), elsewhere);
        Progress.Refused refused = refused(world.deploy(request("wine/1", "first")), Refusal.CONFLICT);
        assertThat(refused.message()).contains("is a link");
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(link);
        deploy("wine/1", "first");
        Path inside = Files.createSymbolicLink(view().resolve(endpoint).resolve("5"), elsewhere);
        register("wine", "second");
        assertThat(refused(world.deploy(request("wine/2", "second")), Refusal.CONFLICT)
                        .message())
                .contains(inside + " is a link");
        Files.delete(inside);
    }

    @Test
    void putsBackServedFilesThatSomebodyDeleted() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        FileTrees.delete(served("1"));
        Progress again = world.deploy(request("wine/1", "first"));
        assertThat(again)
                .isInstanceOfSatisfying(
                        Progress.Done.class,
                        done -> assertThat(done.result().path("changed").asBoolean())
                                .isTrue());
        assertServes("wine/1", "first");
        assertThat(world.log).anyMatch(line -> line.startsWith("damaged") && line.contains("files are missing"));
    }

    @Test
    void saysUnchangedOnlyAfterLooking() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        boolean tested = golden("first").isPresent();
        world.log.clear();
        Progress again = world.deploy(request("wine/1", "first"));
        assertThat(again).isInstanceOfSatisfying(Progress.Done.class, done -> {
            assertThat(done.result().path("changed").asBoolean()).isFalse();
            assertThat(done.result().has("smokeTestMillis")).isEqualTo(tested);
        });
        assertThat(world.log).anyMatch(line -> line.startsWith("unchanged"));
        assertThat(world.log.stream().anyMatch(line -> line.startsWith("smoke test")))
                .isEqualTo(tested);
        assertThat(world.outcomes("wine")).containsExactly("deployment-started 1", "deployed 1");
    }

    /** What was served before is deleted where it is kept, or changed: then nothing is put back, and that is said. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysWhenItCannotPutBackWhatWasServed(boolean deleted) throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run second = world.deployment(request("wine/2", "second")).until("verifying");
        String digest = ModelFiles.list(model("first")).hash(NEVER).digest();
        Path kept = keptFiles(digest);
        Path file;
        try (Stream<Path> walk = Files.walk(kept)) {
            file = walk.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        if (deleted) {
            FileTrees.delete(kept.getParent());
        } else {
            Files.delete(file);
            Files.writeString(file, "damaged");
        }
        FileTrees.delete(served("1"));
        second.cancellation.cancel();
        Progress.Refused failed = refused(second.end(), Refusal.ROLLBACK_FAILED);
        assertThat(failed.message())
                .contains("could not be put back")
                .contains(digest)
                .contains("Look at the server at once");
        assertThat(world.outcomes("wine")).endsWith("deployment-failed 2");
        assertNewestOutcomeSays("wine", "wine/2");
        assertThat(world.newest("wine").path("proven").asBoolean()).isFalse();
        deploy("wine/1", "first");
    }

    private Path keptFiles(String digest) throws IOException {
        String hex = digest.substring("sha256:".length());
        try (Stream<Path> walk = Files.walk(view().getParent())) {
            return walk.filter(p -> p.endsWith(Path.of(endpoint, "revisions", hex, "files")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "..", "a/b", ".hidden", "a b", "größe", "x--0123abcd", "nul\u0000", "a\nb", "-rf", "~", "C:x"
            })
    void refusesEndpointsThatCannotBe(String name) {
        assertThatThrownBy(() -> open(world.clock).checkEndpoint(name))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT));
        assertThatThrownBy(() -> open(world.clock).checkEndpoint("n".repeat(1000)))
                .isInstanceOf(DeliveryException.class);
    }

    @Test
    void describesItself() {
        assertThat(open(world.clock).describe(NEVER).kind()).isNotEmpty();
    }
}
