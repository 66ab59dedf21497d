package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.AwaitedPromotion;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A promotion that waits for people: alone and within a delivery. */
class ApprovalsTest {
    @TempDir
    Path scratch;

    private ApprovalWorld world;

    @BeforeEach
    void create() throws IOException {
        world = new ApprovalWorld(scratch);
    }

    private static void assertRefused(Progress progress, RejectionReason why, String... parts) {
        assertThat(progress).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(why);
            assertThat(List.of(parts))
                    .allSatisfy(part -> assertThat(refused.message()).contains(part));
        });
    }

    private void assertCancelled(boolean delivery) {
        assertThatThrownBy(() -> world.go(delivery))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void eachApprovalIsAnEventOfItsOwnAndEnoughOfThemMoveTheAlias(boolean delivery) {
        assertThat(world.go(delivery))
                .isInstanceOfSatisfying(
                        Progress.NeedsApproval.class,
                        needs ->
                                assertThat(needs.deadline()).contains(ApprovalWorld.START.plus(ApprovalWorld.TIMEOUT)));
        world.approve("ben", "looks good");
        assertThat(world.go(delivery)).isInstanceOf(Progress.NeedsApproval.class);
        world.approve("carl", "");
        assertThat(Approvals.given(world.journal)).map(Approval::by).containsExactly("ben", "carl");
        assertThat(world.go(delivery)).isInstanceOf(Progress.Done.class);
        assertThat(world.versionOf()).contains("1");
        assertThat(world.types())
                .containsExactly(
                        "registered", "approval-requested", "approved", "approved", "alias-move-started", "promoted");
        assertThat(world.details("approval-requested").path("deadline").asText())
                .isEqualTo("2026-03-01T13:00:00Z");
        assertThat(world.details("approved"))
                .isEqualTo(Json.object()
                        .put("alias", "crown")
                        .put("policy", "careful")
                        .put("by", "ben")
                        .put("given", "2026-03-01T12:00:00Z")
                        .put("comment", "looks good")
                        .put("override", false));
    }

    private Optional<AwaitedPromotion> awaited() {
        return world.journal.read().flatMap(AwaitedPromotion::of);
    }

    /** For readers of the journal without its operation. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theJournalTellsWhatTheOperationTellsAsLongAsSomebodyMayApprove(boolean delivery) {
        assertThat(awaited()).as("before it begins").isEmpty();
        Progress.NeedsApproval needs = (Progress.NeedsApproval) world.go(delivery);
        assertThat(awaited()).hasValueSatisfying(awaited -> {
            assertThat(awaited.since()).isEqualTo(needs.since());
            assertThat(awaited.deadline()).isEqualTo(needs.deadline());
            assertThat(awaited.found()).isNotEmpty();
            awaited.found()
                    .properties()
                    .forEach(found -> assertThat(found.getValue())
                            .as(found.getKey())
                            .isEqualTo(needs.promotion().path(found.getKey())));
            assertThat(awaited.found().path("version").asText()).isEqualTo("1");
            assertThat(awaited.found().path("requesters")).isNotEmpty();
        });
        world.approve("ben", "");
        assertThat(awaited()).as("one of two has approved").isPresent();
        Approvals.refuse(world.journal, "dora", List.of("leads"), ApprovalWorld.START, "");
        assertThat(awaited()).as("refused").isEmpty();
        world.go(delivery);
        assertThat(awaited()).as("ended").isEmpty();
    }

    @Test
    void whoRegisteredTheVersionEarlierDoesNotApproveIt() throws IOException {
        ApprovalWorld world = new ApprovalWorld(
                scratch,
                new Actor(
                        "SYSTEM", Optional.empty(), Optional.empty(), CodeKind.OWN, List.of("ben", "eve"), List.of()));
        assertThat(world.go(false))
                .isInstanceOfSatisfying(
                        Progress.NeedsApproval.class,
                        needs -> assertThat(needs.promotion().path("requesters"))
                                .hasToString("[\"ann\",\"ben\",\"eve\"]"));
        world.approve("ben", "");
        world.approve("carl", "");
        assertThat(world.go(false)).isInstanceOf(Progress.NeedsApproval.class);
        world.approve("dora", "");
        assertThat(world.go(false)).isInstanceOf(Progress.Done.class);
    }

    @Test
    void whoCommittedIsRecordedAndDoesNotApproveWhereNobodyAsked() {
        List<String> committers = List.of("ben", "eve");
        world.actor = new Actor("SYSTEM", Optional.empty(), Optional.empty(), CodeKind.OWN, committers, committers);
        assertThat(world.go(false))
                .isInstanceOfSatisfying(
                        Progress.NeedsApproval.class,
                        needs -> assertThat(needs.promotion().path("version").asText())
                                .isEqualTo("1"));
        world.approve("ben", "");
        world.approve("carl", "");
        assertThat(world.go(false)).isInstanceOf(Progress.NeedsApproval.class);
        world.approve("dora", "");
        assertThat(world.go(false)).isInstanceOf(Progress.Done.class);
        for (String type : List.of("approval-requested", "promoted")) {
            assertThat(world.details(type).path("committers")).hasToString("[\"ben\",\"eve\"]");
        }
    }

    @Test
    void anOverrideIsRecordedAsOne() {
        world.go(false);
        Approvals.add(world.journal, new Approval("root", List.of(), ApprovalWorld.START, "on fire", true));
        assertThat(world.go(false)).isInstanceOf(Progress.Done.class);
        assertThat(world.details("approved").path("override").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRefusalEndsItWhateverWasApproved(boolean delivery) {
        world.go(delivery);
        world.approve("ben", "");
        world.approve("carl", "");
        Approvals.refuse(world.journal, "dora", List.of("leads"), ApprovalWorld.START, "not on a Friday");
        assertThatThrownBy(() -> world.approve("eve", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already refused");
        assertRefused(
                world.go(delivery),
                RejectionReason.APPROVAL_REFUSED,
                "dora refused that churn/1 becomes crown",
                "not on a Friday");
        assertRefused(world.go(delivery), RejectionReason.APPROVAL_REFUSED);
        assertThat(world.versionOf()).isEmpty();
        assertThat(world.types())
                .containsExactly("registered", "approval-requested", "approved", "approved", "approval-refused");
        assertThat(world.details("approval-refused"))
                .isEqualTo(Json.object()
                        .put("alias", "crown")
                        .put("policy", "careful")
                        .put("by", "dora")
                        .put("comment", "not on a Friday")
                        .put("deadline", "2026-03-01T13:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itExpires(boolean delivery) {
        world.go(delivery);
        world.approve("ben", "");
        world.now = ApprovalWorld.START.plus(ApprovalWorld.TIMEOUT);
        assertThat(world.go(delivery)).as("just in time").isInstanceOf(Progress.NeedsApproval.class);
        world.now = ApprovalWorld.START.plus(ApprovalWorld.TIMEOUT).plusMillis(1);
        assertThatThrownBy(() -> world.approve("carl", ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
        assertRefused(
                world.go(delivery), RejectionReason.APPROVAL_EXPIRED, "approvals expired", "2026-03-01T13:00:00Z");
        assertThat(world.versionOf()).isEmpty();
        assertThat(world.types()).containsExactly("registered", "approval-requested", "approved", "approval-expired");
    }

    @Test
    void anApprovalThatWasGivenInTimeCountsWheneverItIsSeen() {
        world.go(false);
        world.approve("ben", "");
        world.approve("carl", "");
        world.now = ApprovalWorld.START.plus(ApprovalWorld.TIMEOUT.multipliedBy(2));
        assertThat(world.go(false)).isInstanceOf(Progress.Done.class);
        assertThat(world.types()).doesNotContain("approval-expired");
    }

    @Test
    void aRegistryThatIsAwayDoesNotKeepItFromExpiringOrBeingCancelled() throws IOException {
        world.go(false);
        ApprovalWorld other = new ApprovalWorld(scratch);
        other.go(false);
        world.registryIsAway = true;
        other.registryIsAway = true;
        world.now = ApprovalWorld.START.plus(ApprovalWorld.TIMEOUT.multipliedBy(2));
        other.cancellation.cancel();
        assertRefused(world.go(false), RejectionReason.APPROVAL_EXPIRED);
        world = other;
        assertCancelled(false);
        assertThat(other.types()).endsWith("approval-cancelled");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoStopsItWhileItWaitsIsInTheRecordOnce(boolean delivery) {
        world.go(delivery);
        assertThat(Approvals.cancelled(world.journal)).isFalse();
        world.cancellation.cancel();
        assertCancelled(delivery);
        assertThat(Approvals.cancelled(world.journal)).isTrue();
        world.cancellation = new CancellationSource();
        assertCancelled(delivery);
        assertThat(world.versionOf()).isEmpty();
        assertThat(world.types()).containsExactly("registered", "approval-requested", "approval-cancelled");
    }

    @Test
    void whoStopsItBeforeAnybodyWasAskedCancelsNoApproval() {
        world.cancellation.cancel();
        assertCancelled(false);
        assertThat(world.types()).containsExactly("registered");
        assertThat(Approvals.cancelled(world.journal)).isFalse();
    }

    @Test
    void withoutATimeoutThereIsNoDeadline() {
        PromoteRequest request =
                new PromoteRequest(ModelRef.parse("churn/1"), Optional.empty(), "crown", Optional.empty(), false);
        Progress progress = new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {})
                .run(new PromoteOperation(request, world.context()), world.journal);
        assertThat(progress)
                .isInstanceOfSatisfying(
                        Progress.NeedsApproval.class,
                        needs -> assertThat(needs.deadline()).isEmpty());
        assertThat(world.details("approval-requested").has("deadline")).isFalse();
    }

    @Test
    void nothingThatDoesNotWaitCanBeApprovedOrRefused() {
        assertThatThrownBy(() -> world.approve("ben", "")).isInstanceOf(IllegalStateException.class);
        world.go(true);
        world.approve("ben", "");
        world.approve("carl", "");
        world.go(true);
        assertThatThrownBy(() -> Approvals.refuse(world.journal, "dora", List.of(), ApprovalWorld.START, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not wait");
    }

    /** What people do with a promotion that waits. */
    private enum Ending {
        APPROVED,
        REFUSED,
        EXPIRED,
        CANCELLED;

        void of(ApprovalWorld world) {
            switch (this) {
                case APPROVED -> {
                    world.approve("ben", "");
                    world.approve("carl", "");
                }
                case REFUSED -> {
                    world.approve("ben", "");
                    Approvals.refuse(world.journal, "carl", List.of(), world.now, "no");
                }
                case EXPIRED ->
                    world.now = ApprovalWorld.START.plus(ApprovalWorld.TIMEOUT).plusSeconds(1);
                case CANCELLED -> world.cancellation.cancel();
            }
        }
    }

    /** @return how it ended */
    private static String story(ApprovalWorld world, Ending ending, boolean delivery, CrashPoints crash) {
        try {
            if (world.go(delivery, crash) instanceof Progress.NeedsApproval) {
                ending.of(world);
            }
            return world.go(delivery, crash).getClass().getSimpleName();
        } catch (DeliveryException e) {
            return e.kind().name();
        }
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void itDiesAtEveryMomentAndEndsAsIfNothingHadHappened(Ending ending) throws IOException {
        for (boolean delivery : new boolean[] {false, true}) {
            ApprovalWorld calm = new ApprovalWorld(scratch);
            CrashPoints none = new CrashPoints(-1);
            String expected = story(calm, ending, delivery, none);
            assertThat(none.passed()).isGreaterThan(8);
            for (int fatal = 0; fatal < none.passed(); fatal++) {
                ApprovalWorld shaken = new ApprovalWorld(scratch);
                List<String> ends = new ArrayList<>();
                try {
                    ends.add(story(shaken, ending, delivery, new CrashPoints(fatal)));
                } catch (CrashPoints.Crash e) {
                    ends.add(story(shaken, ending, delivery, new CrashPoints(-1)));
                }
                assertThat(ends).as("died at moment %d", fatal).containsExactly(expected);
                assertThat(shaken.types()).as("died at moment %d", fatal).isEqualTo(calm.types());
                assertThat(shaken.versionOf()).isEqualTo(calm.versionOf());
            }
        }
    }
}
