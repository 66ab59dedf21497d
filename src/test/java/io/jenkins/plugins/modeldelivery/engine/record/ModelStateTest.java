package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What each event means for aliases and endpoints. */
class ModelStateTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private ModelState state = ModelState.EMPTY;
    private long sequence;

    private void event(EventType type, String operation, String version, ObjectNode details) {
        sequence++;
        EventDraft draft = new EventDraft(
                type,
                "team",
                "churn",
                Optional.of(new VersionIdentity(version, "created " + version, Optional.of("sha256:" + version))),
                "someone",
                Optional.empty(),
                Optional.empty(),
                Optional.of(operation),
                Optional.empty(),
                details);
        state = state.apply(new Event(sequence, START.plusSeconds(sequence), draft, "", ""));
    }

    private static ObjectNode move(String from, String to) {
        return Json.object().put("alias", "champion").put("from", from).put("to", to);
    }

    private static ObjectNode endpoint() {
        return Json.object().put("target", "edge").put("endpoint", "score");
    }

    private static ObjectNode served(String model, String version) {
        ObjectNode details = endpoint();
        details.putObject(EndpointStatus.SERVES)
                .put("model", model)
                .put("version", version)
                .put("digest", "sha256:" + version);
        return details;
    }

    private AliasTarget champion() {
        return state.alias("champion").orElseThrow();
    }

    private EndpointStatus score() {
        return state.endpoint("edge", "score").orElseThrow();
    }

    @Test
    void anIntentMovesNothingAndIsUnfinishedUntilItsOutcome() {
        event(EventType.ALIAS_MOVE_STARTED, "a", "2", move("1", "2"));
        assertThat(state.alias("champion")).isEmpty();
        assertThat(state.unfinishedMoves()).hasSize(1);
        event(EventType.PROMOTED, "a", "2", move("1", "2"));
        assertThat(champion().isAt("2")).isTrue();
        assertThat(champion().since()).isEqualTo(START.plusSeconds(2));
        assertThat(champion().identity().orElseThrow().fingerprint()).isEqualTo("created 2");
        assertThat(state.unfinishedMoves()).isEmpty();
    }

    @Test
    void theOutcomeOfOneOperationDoesNotEndTheMoveOfAnother() {
        event(EventType.ALIAS_MOVE_STARTED, "a", "2", move("1", "2"));
        event(EventType.ALIAS_MOVE_STARTED, "b", "3", move("1", "3"));
        event(EventType.PROMOTED, "b", "3", move("1", "3"));
        assertThat(state.unfinishedMoves())
                .singleElement()
                .satisfies(move -> assertThat(move.draft().operation()).contains("a"));
        event(EventType.ALIAS_MOVE_FAILED, "a", "2", move("1", "2"));
        assertThat(state.unfinishedMoves()).isEmpty();
        assertThat(champion().isAt("3")).isTrue();
    }

    @Test
    void afterAConflictTheAliasPointsToWhatSomebodyElseSet() {
        event(EventType.PROMOTED, "a", "1", move("", "1"));
        event(EventType.ALIAS_MOVE_CONFLICT, "b", "2", move("1", "2").put("actual", "7"));
        assertThat(champion().version()).contains("7");
        assertThat(champion().identity()).isEmpty();
        event(EventType.ALIAS_MOVE_CONFLICT, "c", "2", move("1", "2"));
        assertThat(champion().version()).isEmpty();
    }

    @Test
    void anOutcomeThatIsPastEndsItsMoveAndMovesNothing() {
        event(EventType.ALIAS_MOVE_STARTED, "a", "2", move("1", "2"));
        event(EventType.PROMOTED, "b", "3", move("2", "3"));
        event(EventType.PROMOTED, "a", "2", move("1", "2").put(AliasTarget.LATE, true));
        assertThat(champion().isAt("3")).isTrue();
        assertThat(state.unfinishedMoves()).isEmpty();
    }

    @Test
    void whatSomebodyMovedOutsideIsWhereTheAliasPoints() {
        event(EventType.ALIAS_MOVED, "a", "2", move("1", "2"));
        event(EventType.ALIAS_CHANGED_OUTSIDE, "b", "5", move("2", "5"));
        assertThat(champion().isAt("5")).isTrue();
        event(EventType.ROLLED_BACK, "c", "2", move("5", "2"));
        assertThat(champion().isAt("2")).isTrue();
    }

    @Test
    void aRolloutThatBeganChangesNothingThatIsServed() {
        event(EventType.DEPLOYED, "a", "1", endpoint());
        event(EventType.DEPLOYMENT_STARTED, "b", "2", endpoint());
        assertThat(score().version()).contains("1");
        assertThat(score().digest()).contains("sha256:1");
        assertThat(score().underWay()).isTrue();
        assertThat(score().failed()).isFalse();
        event(EventType.DEPLOYMENT_ROLLED_BACK, "b", "2", served("churn", "1"));
        assertThat(score().version()).contains("1");
        assertThat(score().known()).isTrue();
        assertThat(score().underWay()).isFalse();
        assertThat(score().failed()).isTrue();
    }

    @Test
    void aFailureThatDoesNotSayWhatIsServedLeavesThatUnknown() {
        event(EventType.DEPLOYED, "a", "1", endpoint());
        event(EventType.DEPLOYMENT_FAILED, "b", "2", endpoint());
        assertThat(score().known()).isFalse();
        assertThat(score().version()).isEmpty();
        assertThat(score().digest()).isEmpty();
        event(EventType.DEPLOYMENT_FAILED, "b", "2", served("churn", "1").put(EndpointStatus.PROVEN, false));
        assertThat(score().known()).isFalse();
    }

    @Test
    void anEndpointThatServesAnotherModelServesNoVersionOfThisOne() {
        event(EventType.DEPLOYED, "a", "1", endpoint());
        event(EventType.ENDPOINT_TAKEN_OVER, "b", "1", served("fraud", "9"));
        assertThat(score().version()).isEmpty();
        assertThat(score().digest()).contains("sha256:9");
        assertThat(score().known()).isTrue();
        assertThat(state.endpoint("edge", "other")).isEmpty();
    }

    @Test
    void aRolloutThatMetAnotherOneFailed() {
        event(EventType.DEPLOYED, "a", "1", endpoint());
        assertThat(score().failed()).isFalse();
        assertThat(score().known()).isTrue();
        event(EventType.DEPLOYMENT_CONFLICT, "b", "2", endpoint());
        assertThat(score().failed()).isTrue();
        assertThat(score().underWay()).isFalse();
    }

    @Test
    void anEndpointOfWhichOnlyABeginningIsKnownServesNothing() {
        event(EventType.DEPLOYMENT_STARTED, "a", "1", endpoint());
        assertThat(score().version()).isEmpty();
        assertThat(score().since()).isEmpty();
        assertThat(score().known()).isTrue();
        assertThat(score().underWay()).isTrue();
    }

    @Test
    void allAliasesAreToldInTheirOrder() {
        event(EventType.PROMOTED, "a", "1", move("", "1"));
        event(
                EventType.ALIAS_MOVED,
                "b",
                "2",
                Json.object().put("alias", "challenger").put("to", "2"));
        event(
                EventType.ROLLED_BACK,
                "c",
                "",
                Json.object().put("alias", "champion").put("from", "1"));
        assertThat(state.aliases()).extracting(AliasTarget::alias).containsExactly("challenger", "champion");
        assertThat(champion().version()).isEmpty();
        assertThat(champion().isAt("")).isFalse();
    }

    @Test
    void theNewestRegistrationAndGateAreThoseOfAnyVersion() {
        event(EventType.REGISTERED, "a", "1", Json.object());
        event(EventType.GATED, "b", "1", Json.object());
        event(EventType.REGISTERED, "c", "2", Json.object());
        assertThat(state.newestRegistration().orElseThrow().sequence()).isEqualTo(3);
        assertThat(state.newestGate().orElseThrow().sequence()).isEqualTo(2);
    }

    /** Who may see only some jobs' events is told so where the others' would say more. */
    @Test
    void aStateOfFewerEventsMayKnowLess() {
        event(EventType.REGISTERED, "a", "1", Json.object());
        ModelState registered = state;
        event(EventType.PROMOTED, "b", "1", move("", "1"));
        ModelState promoted = state;
        event(EventType.DEPLOYED, "c", "1", endpoint());
        assertThat(registered.knowsPositionsOf(promoted)).isFalse();
        assertThat(promoted.knowsPositionsOf(state)).isFalse();
        assertThat(state.knowsPositionsOf(promoted)).isTrue();
        assertThat(ModelState.EMPTY.knowsPositionsOf(registered)).isTrue();
    }

    @Test
    void theStateIsTheSameInWhateverOrderTheEventsAreGiven() {
        List<Event> events = new ArrayList<>();
        event(EventType.PROMOTED, "a", "1", move("", "1"));
        events.add(champion().move());
        event(EventType.PROMOTED, "b", "2", move("1", "2"));
        events.add(champion().move());
        Collections.reverse(events);
        assertThat(ModelState.of(events).alias("champion").orElseThrow().isAt("2"))
                .isTrue();
    }

    @Test
    void anEventWithoutMeaningForTheStateLeavesItAsItIs() {
        event(EventType.PROMOTED, "a", "1", move("", "1"));
        ModelState before = state;
        event(EventType.APPROVED, "b", "1", move("", "1"));
        assertThat(state).isSameAs(before);
        event(EventType.GATED, "b", "1", Json.object());
        assertThat(state.newestGate()).isPresent();
        assertThat(state.newestRegistration()).isEmpty();
        assertThat(state.knowsPositionsOf(before)).isTrue();
        assertThat(ModelState.EMPTY.knowsPositionsOf(before)).isFalse();
    }
}
