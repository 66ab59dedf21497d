package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which version a gate compares with, by the name that it gives. */
class BaselineResolverTest extends PromotionFixture {
    private static final String AGAINST = """
            {"gates": {"quality": {"checks": ["auc >= 0.1", "auc >= baseline"], "baseline": "%s"}},
             "policies": {"production": {"alias": "champion", "gates": ["quality"]}}}
            """;

    private void compareWith(String baseline) {
        context = context(AGAINST.formatted(baseline), registry);
    }

    private void assertCompared(Progress gated, String baseline) {
        refused(gated, RejectionReason.GATE_FAILED);
        assertThat(last().draft().details().at("/baseline/version").asText()).isEqualTo(baseline);
    }

    private void assertVanished(Progress gated, String why) {
        refused(gated, RejectionReason.GATE_INCONCLUSIVE);
        assertThat(last().draft().details().at("/baseline/vanished").asText()).contains(why);
    }

    @Test
    void aNumberIsAVersion() {
        compareWith("1");
        register(0.9, Optional.empty());
        register(0.2, Optional.empty());
        assertCompared(gate("2"), "1");
    }

    @Test
    void aVersionIsNotComparedWithItself() {
        compareWith("1");
        register(0.9, Optional.empty());
        assertVanished(gate("1"), "the gate compares version 1 with itself");
    }

    @Test
    void aVersionThatIsNotThereHasVanished() {
        compareWith("7");
        register(0.9, Optional.empty());
        assertVanished(gate("1"), "the baseline churn/7 no longer exists in the registry");
    }

    @Test
    void aRegistryThatDoesNotAnswerSaysNothingAboutABaseline() {
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        context = context(AGAINST.formatted("1"), withoutVersion("1"));
        assertThatThrownBy(() -> gate("2"))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.UNREACHABLE));
    }

    private void championsOneTwoThree() {
        compareWith("champion");
        for (int version = 1; version <= 3; version++) {
            register(0.5 + version / 10.0, Optional.empty());
            letIn(String.valueOf(version));
        }
        register(0.2, Optional.empty());
    }

    @Test
    void stepsBackAreCountedInTheRecord() {
        championsOneTwoThree();
        compareWith("champion~1");
        assertCompared(gate("4"), "2");
        compareWith("champion~2");
        assertCompared(gate("4"), "1");
    }

    @Test
    void furtherBackThanTheAliasReachesThereIsNoBaseline() {
        championsOneTwoThree();
        compareWith("champion~3");
        assertThat(gate("4")).isInstanceOf(Progress.Done.class);
        assertThat(last().draft().details().at("/baseline/vanished").isMissingNode())
                .isTrue();
    }

    @Test
    void anEarlierVersionThatWasMadeAgainHasVanished() throws IOException {
        championsOneTwoThree();
        deleteModel();
        for (int version = 1; version <= 4; version++) {
            register(0.3, Optional.empty());
        }
        compareWith("champion~1");
        assertVanished(gate("4"), "the baseline churn/2 was deleted and created again in the registry");
    }

    /** After a conflict the alias has the position of another process; the expected position is not recorded as one. */
    @Test
    void aConflictTellsOnlyWhereTheAliasWas() {
        register(0.9, Optional.of("challenger"));
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        register(0.2, Optional.empty());
        records.append(position(EventType.ALIAS_MOVE_CONFLICT, "3", "2")
                .withDetails(Json.object()
                        .put("alias", "challenger")
                        .put("from", "2")
                        .put("to", "4")
                        .put("actual", "3")));
        compareWith("challenger~1");
        assertCompared(gate("4"), "1");
    }

    @Test
    void whatIsRecordedTwiceIsOneStep() {
        register(0.9, Optional.of("challenger"));
        register(0.9, Optional.of("challenger"));
        register(0.2, Optional.empty());
        records.append(position(EventType.ALIAS_CHANGED_OUTSIDE, "2", "1"));
        compareWith("challenger~1");
        assertCompared(gate("3"), "1");
    }

    @Test
    void aMoveWhoseOutcomeIsNotRecordedIsKnownByTheOneAfterIt() {
        register(0.9, Optional.of("challenger"));
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        register(0.2, Optional.empty());
        records.append(position(EventType.ALIAS_MOVED, "3", "2"));
        compareWith("challenger~1");
        assertCompared(gate("4"), "2");
        compareWith("challenger~2");
        assertCompared(gate("4"), "1");
    }

    private EventDraft position(EventType type, String to, String from) {
        return new EventDraft(
                type,
                "local",
                "churn",
                Optional.of(new VersionIdentity(
                        to, registry.version("churn", to, Cancellation.NONE).fingerprint(), Optional.empty())),
                "ann",
                Optional.empty(),
                Optional.empty(),
                Optional.of("another"),
                Optional.empty(),
                Json.object().put("alias", "challenger").put("from", from).put("to", to));
    }

    @Test
    void whereTheRecordKnowsOfNoMoveTheRegistrysHistoryCounts() {
        register(0.9, Optional.empty());
        register(0.2, Optional.empty());
        register(0.1, Optional.empty());
        moveByHand("challenger", null, "1");
        moveByHand("challenger", "1", "2");
        compareWith("challenger");
        assertCompared(gate("2"), "1");
        compareWith("challenger~1");
        assertCompared(gate("3"), "1");
    }

    @Test
    void anAliasThatPointedSomewhereAndPointsNowhereNowHasVanishedThoughTheRecordNeverKnewOfIt() {
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        moveByHand("challenger", null, "1");
        moveByHand("challenger", "1", null);
        compareWith("challenger");
        assertVanished(
                gate("2"), "the alias challenger does not exist in the registry. It pointed to version 1 before");
    }

    @Test
    void anAliasThatNeverPointedAnywhereIsNoBaseline() {
        register(0.9, Optional.empty());
        compareWith("challenger");
        assertThat(gate("1")).isInstanceOf(Progress.Done.class);
    }

    /** As when the delivery of a first model failed and took its promotion back. */
    @Test
    void anAliasThatARollbackTookAwayIsNoBaseline() {
        register(0.9, Optional.empty());
        compareWith("challenger");
        EventDraft registered = last().draft();
        records.append(new EventDraft(
                EventType.ROLLED_BACK,
                "local",
                "churn",
                Optional.empty(),
                "ann",
                Optional.empty(),
                Optional.empty(),
                registered.operation(),
                Optional.empty(),
                Json.object().put("alias", "challenger").put("from", "1")));
        register(0.2, Optional.empty());
        assertThat(gate("2")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void aReferenceThatCannotBeAnAliasIsRefused() {
        register(0.9, Optional.empty());
        compareWith("no/alias");
        assertThatThrownBy(() -> gate("1"))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
    }
}
