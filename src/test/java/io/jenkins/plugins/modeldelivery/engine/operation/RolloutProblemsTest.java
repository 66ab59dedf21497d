package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.TestTrees;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a rollout by what its target says in each state. */
class RolloutProblemsTest {
    @TempDir
    Path home;

    private RolloutWorld world;
    private String troubled = "";
    private Supplier<Object> trouble = () -> null;

    /** Version 1 is served, version 2 is registered. */
    @BeforeEach
    void serveOne() throws IOException {
        world = new RolloutWorld(home, this::target);
        for (String version : new String[] {"1", "2"}) {
            world.register("churn", files(version));
        }
        assertThat(world.deploy(RolloutWorld.request("churn/1", "churn-eu", Optional.empty())))
                .isInstanceOf(Progress.Done.class);
        world.log.clear();
    }

    private Path files(String content) throws IOException {
        Path files = Files.createDirectories(home.resolve("model" + content));
        Files.writeString(files.resolve("weights"), content);
        return files;
    }

    /** A directory target of which one method does something else, unless that is null. */
    private ServingTarget target(Clock clock) {
        ServingTarget real = new DirectoryTarget(
                new EndpointFiles(
                        home.resolve("served"),
                        Optional.empty(),
                        new VersionedLayout(AllowedImplementations.ANY),
                        3,
                        clock),
                ModelServer.UNKNOWN);
        return (ServingTarget) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServingTarget.class}, (proxy, method, arguments) -> {
                    Object instead = method.getName().equals(troubled) ? trouble.get() : null;
                    if (instead != null) {
                        return instead;
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void whenAsked(String method, Supplier<Object> answer) {
        troubled = method;
        trouble = answer;
    }

    private void fails(String method, ErrorKind problem) {
        whenAsked(method, () -> {
            throw problem.error("The server said " + problem + ".");
        });
    }

    private RolloutWorld.Run two() {
        return world.deployment(RolloutWorld.request("churn/2", "churn-eu", Optional.empty()));
    }

    private Progress.Rejected refused(RejectionReason why) {
        Progress ended = two().end();
        assertThat(ended).isInstanceOf(Progress.Rejected.class);
        Progress.Rejected refused = (Progress.Rejected) ended;
        assertThat(refused.why()).as(refused.message()).isEqualTo(why);
        return refused;
    }

    private void assertServed(String version) {
        troubled = "";
        assertThat(world.target()
                        .state("churn-eu")
                        .live()
                        .map(live -> live.version().text()))
                .contains("churn/" + version);
    }

    @Test
    void itTellsWhatItPlansAndWhatIsServed() {
        assertThat(two().end()).isInstanceOf(Progress.Done.class);
        assertThat(world.log)
                .contains("planned      edge/churn-eu: churn/1 → churn/2", "live         edge/churn-eu serves churn/2")
                .noneMatch(line -> line.startsWith("loading"));
        assertServed("2");
    }

    @Test
    void whatStandsInTheWayAtTheClaimIsAConflict() {
        fails("begin", ErrorKind.CONFLICT);
        assertThat(refused(RejectionReason.CONFLICT).message()).contains("The server said CONFLICT");
        assertThat(world.outcomes("churn")).endsWith("deployment-started 2", "deployment-conflict 2");
        assertServed("1");
    }

    @Test
    void inputThatIsWrongAtTheClaimIsNoVerdict() {
        fails("begin", ErrorKind.LOCAL_IO);
        assertThat(refused(RejectionReason.INVALID_INPUT).message())
                .contains("The server said LOCAL_IO")
                .endsWith("The endpoint was not changed.");
        assertThat(world.outcomes("churn")).endsWith("deployment-started 2", "deployment-failed 2");
        assertServed("1");
    }

    @Test
    void aTargetThatIsAwayAtTheClaimIsAskedAgainByTheNextRun() {
        fails("begin", ErrorKind.UNREACHABLE);
        RolloutWorld.Run run = two();
        assertThatThrownBy(run::end).hasMessageContaining("UNREACHABLE");
        assertThat(world.outcomes("churn")).endsWith("deployment-started 2");
        troubled = "";
        run.die();
        assertThat(run.end()).isInstanceOf(Progress.Done.class);
        assertServed("2");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNREACHABLE", "TIMED_OUT", "SERVER"})
    void whatMayPassIsWaitedFor(ErrorKind passing) {
        AtomicInteger calls = new AtomicInteger();
        whenAsked("switchOver", () -> {
            if (calls.incrementAndGet() < 3) {
                throw passing.error("The server said " + passing + ".");
            }
            return null;
        });
        assertThat(two().end()).isInstanceOf(Progress.Done.class);
        assertThat(calls).hasValue(3);
        assertServed("2");
    }

    @Test
    void whatTheServerRefusesIsTakenBackAndNoVerdict() {
        fails("switchOver", ErrorKind.DENIED);
        assertThat(refused(RejectionReason.SERVER_REFUSED).message())
                .contains("The server said DENIED")
                .contains("It serves churn/1 again");
        assertThat(world.outcomes("churn")).endsWith("deployment-started 2", "deployment-rolled-back 2");
        assertServed("1");
    }

    /** A server that restarts again and again is not asked to load without end. */
    @Test
    void aCandidateThatTheServerForgetsIsLoadedAgainButNotForever() {
        AtomicInteger loads = new AtomicInteger();
        whenAsked("load", () -> {
            loads.incrementAndGet();
            return null;
        });
        RolloutWorld.Run run = two().until("awaiting-candidate");
        whenAsked("candidate", () -> new Readiness(Readiness.State.ABSENT, "restarted"));
        int reloads = 0;
        for (int i = 0; i < 30; i++) {
            assertThat(run.advance())
                    .isInstanceOfSatisfying(
                            Progress.Waiting.class,
                            waiting -> assertThat(waiting.reason())
                                    .satisfiesAnyOf(
                                            reason -> assertThat(reason).isEmpty(),
                                            reason -> assertThat(reason)
                                                    .startsWith("the server no longer has it: restarted")));
            reloads += run.state().equals("loading") ? 1 : 0;
        }
        assertThat(reloads).isEqualTo(5);
    }

    @Test
    void aVersionThatIsMadeAgainAfterThePlanIsNotPublished() throws IOException {
        RolloutWorld.Run run = two().until("applying");
        TestTrees.delete(home.resolve("registry/models/churn"));
        world.register("churn", files("other 1"));
        world.register("churn", files("other 2"));
        run.die();
        assertThat(run.end()).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(RejectionReason.CONFLICT);
            assertThat(refused.message()).contains("churn/2 was deleted in registry local and created again");
        });
        assertServed("1");
    }

    /** The outcome is known and recorded. */
    @Test
    void whatCannotBeTidiedUpIsAWarning() {
        fails("end", ErrorKind.LOCAL_IO);
        assertThat(two().end()).isInstanceOf(Progress.Done.class);
        assertThat(world.log).contains("warning      The server said LOCAL_IO.");
        assertServed("2");
    }

    /** The rollout is not stopped: the process ends, and the next process continues it. */
    @Test
    void aProcessThatEndsTakesNothingBack() {
        RolloutWorld.Run run = two().until("switching");
        whenAsked("switchOver", () -> {
            Thread.currentThread().interrupt();
            throw ErrorKind.CANCELLED.error("Interrupted");
        });
        try {
            assertThatThrownBy(run::advance).hasMessage("Interrupted");
        } finally {
            Thread.interrupted();
        }
        assertThat(run.state()).isEqualTo("switching");
        troubled = "";
        run.die();
        assertThat(run.end()).isInstanceOf(Progress.Done.class);
        assertServed("2");
    }
}
