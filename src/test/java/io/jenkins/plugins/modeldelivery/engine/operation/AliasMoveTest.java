package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the record says when a registry does not move an alias: an intent is no history. */
class AliasMoveTest extends PromotionFixture {
    /** The registry, but for its moves. */
    private ModelRegistry moving(Supplier<AliasMove> moves) {
        return (ModelRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("moveAlias")) {
                        return moves.get();
                    }
                    try {
                        return method.invoke(registry, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private ModelState state() {
        return records.state("local", "churn");
    }

    private void championIsOneAndTwoIsGated() {
        register(0.9, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        gate("2");
    }

    private static DeliveryException denied() {
        return ErrorKind.DENIED.error("The registry returned 403.");
    }

    @Test
    void aMoveThatTheRegistryDeniesDidNotHappen() {
        championIsOneAndTwoIsGated();
        context = context(RULES, moving(() -> {
            throw denied();
        }));
        assertThat(run(promotion("2", "champion"))).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(RejectionReason.ALIAS_NOT_MOVED);
            assertThat(refused.message()).contains("from 1 to 2").contains("403");
        });
        assertThat(events()).endsWith("alias-move-started 2", "alias-move-failed 2");
        assertThat(state().alias("champion").orElseThrow().version()).contains("1");
        assertThat(state().unfinishedMoves()).isEmpty();
    }

    /** If a server returns a conflict for every move, the operation reports it and ends. */
    @Test
    void aMoveThatTheRegistryAnswersWithAConflictDidNotHappen() {
        championIsOneAndTwoIsGated();
        AtomicInteger calls = new AtomicInteger();
        context = context(RULES, moving(() -> {
            calls.incrementAndGet();
            throw ErrorKind.CONFLICT.error("The registry returned 409.");
        }));
        assertThat(run(promotion("2", "champion"))).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(RejectionReason.ALIAS_NOT_MOVED);
            assertThat(refused.message()).contains("from 1 to 2").contains("409");
        });
        assertThat(calls).hasValue(1);
        assertThat(events()).endsWith("alias-move-started 2", "alias-move-failed 2");
        assertThat(state().unfinishedMoves()).isEmpty();
    }

    @Test
    void aRollbackThatTheRegistryDeniesOrThatMeetsAConflictDidNotHappen() {
        championIsOneAndTwoIsGated();
        assertThat(run(promotion("2", "champion"))).isInstanceOf(Progress.Done.class);
        RollbackRequest request =
                new RollbackRequest("churn", "champion", Optional.empty(), Optional.empty(), "", Optional.empty());
        context = context(RULES, moving(() -> {
            throw denied();
        }));
        assertThat(run(new RollbackOperation(request, context))).isInstanceOf(Progress.Rejected.class);
        assertThat(state().alias("champion").orElseThrow().version()).contains("2");
        context = context(RULES, moving(() -> new AliasMove(AliasMove.Outcome.CONFLICT, Optional.of("1"))));
        assertThat(run(new RollbackOperation(request, context))).isInstanceOf(Progress.Rejected.class);
        assertThat(events()).endsWith("alias-move-started 1", "alias-move-conflict 1");
        assertThat(state().alias("champion").orElseThrow().version())
                .as("what the registry said")
                .contains("1");
    }

    @Test
    void aMoveOfWhichTheOutcomeIsNotKnownIsUnfinishedAndNoHistory() {
        championIsOneAndTwoIsGated();
        context = context(RULES, moving(() -> {
            throw ErrorKind.UNREACHABLE.error("The registry does not answer.");
        }));
        assertThatThrownBy(() -> run(promotion("2", "champion"))).hasMessageContaining("does not answer");
        assertThat(state().unfinishedMoves()).hasSize(1);
        assertThat(state().alias("champion").orElseThrow().version()).contains("1");
    }

    @Test
    void aRegistryThatAlwaysAnswersWithAConflictEndsARegistration() {
        register(0.9, Optional.of("candidate"));
        context = context(RULES, moving(() -> new AliasMove(AliasMove.Outcome.CONFLICT, Optional.of("1"))));
        assertThat(register(0.9, Optional.of("candidate"))).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(RejectionReason.CONFLICT);
            assertThat(refused.message()).contains("churn/2 is registered, but the alias candidate");
        });
        assertThat(events()).hasSizeLessThan(20);
    }

    @Test
    void aRollbackPassesOverVersionsThatAreGone() throws Exception {
        championIsOneAndTwoIsGated();
        assertThat(run(promotion("2", "champion"))).isInstanceOf(Progress.Done.class);
        register(0.9, Optional.empty());
        letIn("3");
        java.nio.file.Path version = directory.resolve("registry/models/churn/versions/2");
        java.nio.file.Files.delete(version.resolve("version.json"));
        java.nio.file.Files.delete(version);
        RollbackRequest request =
                new RollbackRequest("churn", "champion", Optional.empty(), Optional.empty(), "", Optional.empty());
        assertThat(run(new RollbackOperation(request, context))).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("champion")).contains("1");
    }

    @Test
    void aRollbackNeverGoesToAVersionWhosePromotionConflicted() {
        championIsOneAndTwoIsGated();
        context = context(RULES, moving(() -> new AliasMove(AliasMove.Outcome.CONFLICT, Optional.of("1"))));
        assertThat(run(promotion("2", "champion"))).isInstanceOf(Progress.Rejected.class);
        context = context(RULES, registry);
        register(0.9, Optional.empty());
        letIn("3");
        RollbackRequest request =
                new RollbackRequest("churn", "champion", Optional.empty(), Optional.empty(), "", Optional.empty());
        assertThat(run(new RollbackOperation(request, context))).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("champion")).contains("1");
    }

    /** The move of the registration has ended; the move of another process is newer. */
    @Test
    void aRegistrationThatWasKilledAfterItsMoveDoesNotMoveAgainPastAnother() {
        journal = new FileJournal(directory.resolve("killed.json"));
        RegisterOperation died = registration("candidate");
        advance(died, "recording-move");
        FileJournal rewound = new FileJournal(directory.resolve("rewound.json"));
        rewound.write(journal.read().orElseThrow().deepCopy().put("state", "moving"));
        register(0.9, Optional.of("candidate"));
        journal = rewound;
        assertThat(go(registration("candidate"))).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("candidate")).contains("2");
        assertThat(state().alias("candidate").orElseThrow().version()).contains("2");
    }

    private Journal killedBeforeItsMove(String file, Operation operation) {
        journal = new FileJournal(directory.resolve(file));
        advance(operation, "moving");
        return journal;
    }

    /** What another operation met in between says nothing about a move that is made after it. */
    @Test
    void aMoveThatIsMadeAfterAConflictOfAnotherIsWhereTheAliasPoints() {
        championIsOneAndTwoIsGated();
        Journal killed = killedBeforeItsMove("killed.json", promotion("2", "champion"));
        context = context(RULES, moving(() -> new AliasMove(AliasMove.Outcome.CONFLICT, Optional.of("1"))));
        assertThat(run(promotion("2", "champion"))).isInstanceOf(Progress.Rejected.class);
        context = context(RULES, registry);
        journal = killed;
        assertThat(go(promotion("2", "champion"))).isInstanceOf(Progress.Done.class);
        assertThat(state().alias("champion").orElseThrow().version()).contains("2");
    }

    private Journal promotedToTwoAndDiedBeforeItWasRecorded() {
        championIsOneAndTwoIsGated();
        register(0.9, Optional.empty());
        gate("3");
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("2", "champion"), "recording-move");
        return journal;
    }

    /** Another outcome is appended between the read of the record and the append. */
    @Test
    void anOutcomeIsLateAlsoWhenTheLaterOneComesInTheLastMoment() {
        Journal killed = promotedToTwoAndDiedBeforeItWasRecorded();
        RecordStore real = records;
        AtomicBoolean first = new AtomicBoolean(true);
        records = (RecordStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RecordStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("appendIf") && first.getAndSet(false)) {
                        records = real;
                        context = context(RULES, registry);
                        assertThat(run(promotion("3", "champion"))).isInstanceOf(Progress.Done.class);
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        context = context(RULES, registry);
        PromoteOperation continued = promotion("2", "champion");
        journal = killed;
        go(continued);
        assertThat(first).isFalse();
        assertThat(versionOf("champion")).contains("3");
        assertThat(state().alias("champion").orElseThrow().version()).contains("3");
    }

    /** Only the registry could show which one is newer; the recorded one counts. */
    @Test
    void anOutcomeIsLateWhileTheRegistryDoesNotSayWhereTheAliasPoints() {
        Journal killed = promotedToTwoAndDiedBeforeItWasRecorded();
        assertThat(run(promotion("3", "champion"))).isInstanceOf(Progress.Done.class);
        context = context(RULES, (ModelRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, arguments) -> {
                    throw ErrorKind.UNREACHABLE.error("The registry does not answer.");
                }));
        journal = killed;
        go(promotion("2", "champion"));
        assertThat(events()).endsWith("promoted 3", "promoted 2");
        assertThat(state().alias("champion").orElseThrow().version()).contains("3");
    }

    @Test
    void eachAttemptOfARegistrationHasAnOutcomeOfItsOwnAlsoAfterACrash() {
        register(0.9, Optional.of("candidate"));
        context = context(RULES, moving(() -> new AliasMove(AliasMove.Outcome.CONFLICT, Optional.of("1"))));
        journal = new FileJournal(directory.resolve("attempts.json"));
        RegisterOperation died = registration("candidate");
        advance(died, "recording-move");
        advance(died, "moving");
        advance(died, "recording-move");
        go(registration("candidate"));
        assertThat(events().stream().filter("alias-move-conflict 2"::equals)).hasSize(5);
        assertThat(events().stream().filter("alias-move-started 2"::equals)).hasSize(5);
        assertThat(last().draft().details().path("attempt").asInt()).isEqualTo(5);
    }

    @Test
    void anOutcomeIsLateAlsoWhenSeveralMovesCameAfterIt() {
        journal = new FileJournal(directory.resolve("first.json"));
        RegisterOperation first = registration("candidate");
        advance(first, "recording-move");
        Journal killed = journal;
        register(0.9, Optional.of("candidate"));
        register(0.9, Optional.of("candidate"));
        journal = killed;
        assertThat(go(registration("candidate"))).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("candidate")).contains("3");
        assertThat(state().alias("candidate").orElseThrow().version()).contains("3");
    }

    /** The rollback away from version 2 is recorded after the promotion to it was announced, and happened before it. */
    @Test
    void anOutcomeIsNotLateWhereItsMoveCameAfterTheOneThatIsRecorded() {
        championIsOneAndTwoIsGated();
        letIn("2");
        journal = new FileJournal(directory.resolve("rollback.json"));
        RollbackOperation rollback = new RollbackOperation(
                new RollbackRequest("churn", "champion", Optional.empty(), Optional.empty(), "", Optional.empty()),
                context);
        advance(rollback, "recording-move");
        Journal rolledBack = journal;
        Journal promoted = killedBeforeItsMove("promotion.json", promotion("2", "champion"));
        journal = rolledBack;
        assertThat(go(rollback)).isInstanceOf(Progress.Done.class);
        assertThat(state().alias("champion").orElseThrow().version()).contains("1");
        journal = promoted;
        assertThat(go(promotion("2", "champion"))).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("champion")).contains("2");
        assertThat(state().alias("champion").orElseThrow().version()).contains("2");
    }

    /** A check without a new decision does not allow a move. */
    @Test
    void aMoveThatWasImpossibleWhenItWasLookedAtIsNotMadeWithoutADecision() {
        championIsOneAndTwoIsGated();
        register(0.9, Optional.empty());
        Journal killed = killedBeforeItsMove("killed.json", promotion("2", "champion"));
        moveByHand("champion", "1", "3");
        context = context(RULES, movedBackAfterALook());
        journal = killed;
        assertThat(go(promotion("2", "champion"))).isInstanceOf(Progress.Rejected.class);
        assertThat(versionOf("champion")).contains("1");
    }

    /** A registry where another process moves champion back from 3 to 1 after each read of the aliases. */
    private ModelRegistry movedBackAfterALook() {
        return (ModelRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(registry, arguments);
                        if (method.getName().equals("aliases")) {
                            moveByHand("champion", "3", "1");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The process before may have moved the alias, and a registry that denies this one everything does not say so. */
    @Test
    void aRefusalAfterACrashDoesNotProveThatNothingWasMoved() {
        championIsOneAndTwoIsGated();
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("2", "champion"), "moving");
        context = context(RULES, moving(() -> {
            throw denied();
        }));
        assertThatThrownBy(() -> go(promotion("2", "champion"))).hasMessageContaining("403");
        assertThat(state().unfinishedMoves()).hasSize(1);
        assertThat(events()).doesNotContain("alias-move-failed 2");
    }

    @Test
    void aRegistrationDoesNotTakeAnotherVersionOfTheSameNumberForItsOwn() throws Exception {
        journal = new FileJournal(directory.resolve("pending.json"));
        context = context(RULES, pendingAtFirst());
        advance(registration("candidate"), "waiting");
        Journal begun = journal;
        deleteModel();
        register(0.1, Optional.empty());
        journal = begun;
        assertThat(go(registration("candidate"))).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(RejectionReason.CONFLICT);
            assertThat(refused.message()).contains("churn/1").contains("deleted and created again");
        });
        assertThat(versionOf("candidate")).isEmpty();
        assertThat(events()).containsOnlyOnce("registered 1");
    }

    /** The registry, but the version that it creates first is not ready when it answers. */
    private ModelRegistry pendingAtFirst() {
        AtomicBoolean first = new AtomicBoolean(true);
        return (ModelRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(registry, arguments);
                        return method.getName().equals("createVersion") && first.getAndSet(false)
                                ? pending((ModelVersion) result)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static ModelVersion pending(ModelVersion made) {
        return new ModelVersion(
                made.name(),
                made.version(),
                ModelVersion.Status.PENDING,
                "",
                made.uri(),
                made.url(),
                made.tags(),
                made.runId(),
                made.modelId(),
                made.source(),
                made.created(),
                made.fingerprint());
    }

    private RegisterOperation registration(String alias) {
        return new RegisterOperation(
                TestRequests.register(
                        "churn",
                        Optional.empty(),
                        new VersionSource.Files(directory.resolve("model")),
                        Metrics.of(Map.of("auc", 0.9)),
                        Map.of(),
                        Map.of(),
                        "",
                        Optional.of(alias)),
                context);
    }

    private DeliverOperation delivery() {
        return new DeliverOperation(
                new DeliverRequest(
                        Optional.of(TestRequests.register(
                                "churn",
                                Optional.empty(),
                                new VersionSource.Files(directory.resolve("model")),
                                Metrics.of(Map.of("auc", 0.9)),
                                Map.of(),
                                Map.of(),
                                "",
                                Optional.empty())),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        DeliverRequest.OnFailure.FAIL,
                        Optional.of(new PromoteRequest(
                                ModelRef.ofVersion("churn", "0"),
                                Optional.empty(),
                                "challenger",
                                Optional.empty(),
                                false)),
                        Optional.empty()),
                context);
    }

    @Test
    void aDeliveryStopsWhereItsVersionWasDeletedAndMadeAgain() throws Exception {
        journal = new FileJournal(directory.resolve("delivery.json"));
        DeliverOperation delivery = delivery();
        advance(delivery, "promote");
        Journal begun = journal;
        deleteModel();
        register(0.1, Optional.empty());
        journal = begun;
        assertThat(go(delivery))
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        refused -> assertThat(refused.message()).contains("deleted and created again"));
        assertThat(versionOf("challenger")).isEmpty();
    }
}
