package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every target does when it is not alone: two rollouts at once, somebody else who works in the directory that the server
 * reads, and files that are damaged.
 */
public abstract class SharedTargetContract extends TargetContract {
    /** A plans 1 → 2, B puts 3 live, A meets that. */
    @ParameterizedTest
    @ValueSource(strings = {"recording-start", "claiming"})
    void leavesWhatAnotherRolloutPutLiveBeforeThisOneBegan(String state) throws IOException {
        register("wine", "first", "second", "second");
        deploy("wine/1", "first");
        RolloutWorld.Run late = world.deployment(request("wine/2", "second")).until(state);
        deploy("wine/3", "second");
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        Progress.Rejected conflict = refused(late.end(), RejectionReason.CONFLICT);
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
        Progress.Rejected refused = refused(world.deploy(request("wine/3", "second")), RejectionReason.CONFLICT);
        assertThat(refused.message()).contains(first.id, "wine/2", "is in progress since", "expires after");
        assertThat(Snapshot.of(view())).isEqualTo(before);
        assertThat(first.end()).isInstanceOf(Progress.Done.class);
        assertServes("wine/2", "second");
    }

    /** A rollout that was replaced by another one detects this in every state. */
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
        Progress.Rejected conflict = refused(givenUp.end(), RejectionReason.CONFLICT);
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
                refused(progress, RejectionReason.CONFLICT);
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
        Progress.Rejected refused = refused(world.deploy(request("fraud/1", "second")), RejectionReason.CONFLICT);
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
        refused(fraud.end(), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", "first");
        assertThat(world.deploy(takingOver("fraud/1", "second"))).isInstanceOf(Progress.Done.class);
        assertServes("fraud/1", "second");
        assertThat(world.newest("fraud").path("takeOver").asBoolean()).isTrue();
        assertThat(world.newest("fraud").path("previous").path("model").asText())
                .isEqualTo("wine");
    }

    /** Each model's record says for itself whether it is served. */
    @Test
    void aTakeOverIsInTheRecordsOfBothModels() throws IOException {
        register("wine", "first");
        register("fraud", "second");
        deploy("wine/1", "first");
        assertThat(world.deploy(takingOver("fraud/1", "second"))).isInstanceOf(Progress.Done.class);
        assertThat(servedOf("wine")).isEmpty();
        assertThat(servedOf("fraud")).contains("1");
        assertThat(world.deploy(takingOver("wine/1", "first"))).isInstanceOf(Progress.Done.class);
        assertThat(servedOf("wine")).contains("1");
        assertThat(servedOf("fraud")).isEmpty();
        assertThat(world.events("fraud").stream().map(event -> event.draft().type()))
                .endsWith(EventType.DEPLOYED, EventType.ENDPOINT_TAKEN_OVER);
    }

    private Optional<String> servedOf(String model) {
        return ModelState.of(world.events(model)).endpoints().stream()
                .flatMap(status -> status.version().stream())
                .findFirst();
    }

    @Test
    void leavesAModelThatSomebodyPutThereByHand() throws IOException {
        register("wine", "first");
        putByHand(view().resolve(endpoint));
        Snapshot before = Snapshot.of(view());
        Progress.Rejected refused = refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT);
        assertThat(refused.message()).contains("not deployed from here").contains("Move it away");
        assertThat(Snapshot.of(view())).isEqualTo(before);
        assertThat(world.outcomes("wine")).isEmpty();
        TestTrees.delete(view().resolve(endpoint));
    }

    /** The files of another program stay, in every state of the rollout. */
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
            assertThat(refused(ended, RejectionReason.CONFLICT).message()).contains(theirs.toString());
        }
        assertThat(Snapshot.of(theirs)).isEqualTo(before);
        assertThat(refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT)
                        .message())
                .contains(theirs.toString());
        assertThat(Snapshot.of(theirs)).isEqualTo(before);
        TestTrees.delete(theirs);
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
            Progress.Rejected refused = refused(world.deploy(request(version, "first")), RejectionReason.CONFLICT);
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
        Progress.Rejected refused = refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT);
        assertThat(refused.message()).contains("is a link");
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(link);
        deploy("wine/1", "first");
        Path inside = Files.createSymbolicLink(view().resolve(endpoint).resolve("5"), elsewhere);
        register("wine", "second");
        assertThat(refused(world.deploy(request("wine/2", "second")), RejectionReason.CONFLICT)
                        .message())
                .contains(inside + " is a link");
        Files.delete(inside);
    }

    @Test
    void putsBackServedFilesThatSomebodyDeleted() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        TestTrees.delete(served("1"));
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
            TestTrees.delete(kept.getParent());
        } else {
            Files.delete(file);
            Files.writeString(file, "damaged");
        }
        TestTrees.delete(served("1"));
        second.cancellation.cancel();
        Progress.Rejected failed = refused(second.end(), RejectionReason.ROLLBACK_FAILED);
        assertThat(failed.message())
                .contains("could not be restored")
                .contains(digest)
                .contains("Check the server now");
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
}
