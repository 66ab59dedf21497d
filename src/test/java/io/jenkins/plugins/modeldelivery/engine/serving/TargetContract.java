package io.jenkins.plugins.modeldelivery.engine.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every serving target does. Each method is called twice wherever a crash may repeat it. */
public abstract class TargetContract {
    protected static final Cancellation NEVER = Cancellation.NONE;

    protected final String endpoint = "e" + UUID.randomUUID();

    protected abstract ServingTarget target();

    /** The files of two versions that can be served, "first" and "second". */
    protected abstract Path model(String name) throws IOException;

    /** A golden request that this model answers as expected; empty if nothing answers here. */
    protected abstract Optional<SmokeTest> golden(String name) throws IOException;

    protected Rollout rollout(String name, String version) throws IOException {
        String digest = ModelFiles.list(model(name)).hash(NEVER).digest();
        ServedVersion candidate = new ServedVersion("wine", version, Optional.of(digest));
        return new Rollout(UUID.randomUUID().toString(), endpoint, candidate, target().current(endpoint, NEVER));
    }

    protected void bringIn(Rollout rollout, String name) throws IOException {
        for (int i = 0; i < 2; i++) {
            target().apply(rollout, ModelFiles.list(model(name)), TransferProgress.SILENT, NEVER);
        }
        for (int i = 0; i < 2; i++) {
            assertThat(target().load(rollout, NEVER).state()).isEqualTo(Readiness.State.READY);
        }
        assertThat(target().candidate(rollout, NEVER).state()).isEqualTo(Readiness.State.READY);
    }

    protected Rollout deploy(String name, String version) throws IOException {
        Rollout rollout = rollout(name, version);
        bringIn(rollout, name);
        if (target().testsBeforeTraffic()) {
            SmokeResult tested = target().smokeCandidate(rollout, golden(name).orElseThrow(), NEVER);
            assertThat(tested.passed()).as(tested.reason()).isTrue();
        }
        for (int i = 0; i < 2; i++) {
            assertThat(target().switchOver(rollout, NEVER).state()).isEqualTo(Readiness.State.READY);
        }
        assertLive(rollout, rollout.candidate(), name);
        for (int i = 0; i < 2; i++) {
            target().finish(rollout, NEVER);
        }
        return rollout;
    }

    protected void assertLive(Rollout rollout, ServedVersion version, String name) throws IOException {
        assertThat(target().current(endpoint, NEVER)).contains(version);
        assertThat(target().live(rollout, version, NEVER).state()).isEqualTo(Readiness.State.READY);
        Optional<SmokeTest> golden = golden(name);
        if (golden.isPresent()) {
            SmokeResult tested = target().smokeLive(rollout, golden.get(), NEVER);
            assertThat(tested.passed()).as(tested.reason()).isTrue();
        }
    }

    @Test
    void servesOneVersionAfterAnother() throws IOException {
        assertThat(target().current(endpoint, NEVER)).isEmpty();
        deploy("first", "1");
        Rollout second = deploy("second", "2");
        assertLive(second, second.candidate(), "second");
    }

    @Test
    void servesALowerVersionAfterAHigherOne() throws IOException {
        deploy("second", "12");
        Rollout lower = deploy("first", "7");
        assertLive(lower, lower.candidate(), "first");
    }

    @Test
    void restoresThePreviousVersionAfterTheSwitch() throws IOException {
        Rollout first = deploy("first", "1");
        Rollout second = rollout("second", "2");
        bringIn(second, "second");
        target().switchOver(second, NEVER);
        assertRestored(second, first.candidate());
    }

    @Test
    void restoresThePreviousVersionBeforeTheSwitch() throws IOException {
        Rollout first = deploy("first", "1");
        Rollout second = rollout("second", "2");
        bringIn(second, "second");
        assertRestored(second, first.candidate());
    }

    private void assertRestored(Rollout rollout, ServedVersion previous) throws IOException {
        for (int i = 0; i < 2; i++) {
            target().restore(rollout, NEVER);
        }
        assertLive(rollout, previous, "first");
    }

    @Test
    void emptiesAnEndpointThatServedNothingBefore() throws IOException {
        Rollout first = rollout("first", "1");
        bringIn(first, "first");
        target().switchOver(first, NEVER);
        target().restore(first, NEVER);
        assertThat(target().current(endpoint, NEVER)).isEmpty();
        deploy("first", "1");
    }

    @Test
    void rollsBackToAVersionThatWasReplacedLongAgo() throws IOException {
        deploy("first", "1");
        deploy("second", "2");
        deploy("second", "3");
        Rollout back = deploy("first", "1");
        assertLive(back, back.candidate(), "first");
    }

    @Test
    void refusesFilesThatAreNotThoseThatWereGated() throws IOException {
        Rollout first = deploy("first", "1");
        Rollout second = rollout("second", "2");
        assertThatThrownBy(
                        () -> target().apply(second, ModelFiles.list(model("first")), TransferProgress.SILENT, NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT))
                .hasMessageContaining("not those that were gated");
        assertLive(first, first.candidate(), "first");
    }

    @Test
    void refusesARolloutThatWasOvertaken() throws IOException {
        deploy("first", "1");
        Rollout late = rollout("second", "2");
        Rollout other = deploy("second", "3");
        assertThatThrownBy(() -> target().apply(late, ModelFiles.list(model("second")), TransferProgress.SILENT, NEVER))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CONFLICT));
        assertLive(other, other.candidate(), "second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", ".hidden", "a b", "größe", "x--candidate", "nul\u0000"})
    void refusesEndpointsThatCannotBe(String name) {
        assertThatThrownBy(() -> target().checkEndpoint(name))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT));
    }

    @Test
    void describesItself() {
        assertThat(target().describe(NEVER).kind()).isNotEmpty();
    }
}
