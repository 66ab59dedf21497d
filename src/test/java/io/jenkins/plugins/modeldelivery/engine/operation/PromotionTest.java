package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What promotions and rollbacks do, beside what every crash test shows. */
class PromotionTest extends PromotionFixture {
    private Progress rollback() {
        return run(new RollbackOperation(
                new RollbackRequest("churn", "champion", Optional.empty(), Optional.empty(), "", Optional.empty()),
                context));
    }

    @Test
    void theDecisionAndItsDigestsAreInTheRecord() {
        register(0.9, Optional.empty());
        letIn("1");
        Event promoted = records.events("local", "churn").get(4);
        assertThat(promoted.draft().policyDigest())
                .contains(context.rules()
                        .policies()
                        .get("production")
                        .digest(context.rules().gates()));
        ObjectNode details = promoted.draft().details();
        assertThat(details.path("decision").path("granted").asBoolean()).isTrue();
        assertThat(details.path("policy").asText()).isEqualTo("production");
        assertThat(details.path("to").asText()).isEqualTo("1");
    }

    @Test
    void theTextOfAPolicyIsInTheRecordOnceForEachDigest() {
        register(0.9, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        letIn("2");
        context = context(RULES.replace("auc >= 0.8", "auc >= 0.7"), registry);
        register(0.9, Optional.empty());
        letIn("3");
        List<Event> texts = records.events("local", "churn").stream()
                .filter(event -> event.draft().type() == EventType.POLICY_RECORDED)
                .toList();
        assertThat(texts)
                .extracting(event ->
                        event.draft().details().at("/gates/quality/checks/0").asText())
                .containsExactly("auc >= 0.8", "auc >= 0.7");
        assertThat(texts.get(1).draft().policyDigest())
                .contains(context.rules()
                        .policies()
                        .get("production")
                        .digest(context.rules().gates()));
    }

    @Test
    void aFailedGateRefusesAndTheAliasStays() {
        register(0.9, Optional.empty());
        letIn("1");
        register(0.7, Optional.empty());
        gate("2");
        Progress refused = run(promotion("2", "champion"));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Progress.Rejected.class, r -> assertThat(r.why()).isEqualTo(RejectionReason.POLICY_UNMET));
        assertThat(versionOf("champion")).contains("1");
        assertThat(events()).endsWith("promotion-refused 2");
    }

    @Test
    void evidenceOfAnotherVersionIsNone() {
        register(0.9, Optional.empty());
        gate("1");
        register(0.9, Optional.empty());
        assertThat(run(promotion("2", "champion"))).isInstanceOf(Progress.Rejected.class);
    }

    @Test
    void checksOfOnesOwnAreNoEvidence() {
        register(0.9, Optional.empty());
        Gate easy = Gate.of("quality", List.of("auc >= 0.1"));
        run(new GateOperation(
                new GateRequest(ModelRef.ofVersion("churn", "1"), Optional.empty(), easy, Optional.empty()), context));
        assertThat(run(promotion("1", "champion"))).isInstanceOf(Progress.Rejected.class);
    }

    @Test
    void aMoveBySomebodyElseInBetweenIsAConflict() {
        register(0.9, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        gate("2");
        PromoteOperation promotion = promotion("2", "champion");
        journal = new FileJournal(directory.resolve("conflict.json"));
        advance(promotion, "moving");
        registry.moveAlias(
                "churn", new AliasChange("champion", Optional.of("1"), Optional.of("3"), "move-1"), Cancellation.NONE);
        Progress ended = go(promotion);
        assertThat(ended).isInstanceOfSatisfying(Progress.Rejected.class, refused -> {
            assertThat(refused.why()).isEqualTo(RejectionReason.CONFLICT);
            assertThat(refused.message()).contains("from 1 to 3").contains("Nothing was overwritten");
        });
        assertThat(versionOf("champion")).contains("3");
        assertThat(events()).endsWith("alias-move-started 2", "alias-move-conflict 2");
    }

    @Test
    void aPolicyThatGuardsAnotherAliasCannotBeUsedInstead() {
        register(0.9, Optional.empty());
        PromoteRequest request = new PromoteRequest(
                ModelRef.ofVersion("churn", "1"), Optional.empty(), "champion", Optional.of("careful"), false);
        assertThatThrownBy(() -> run(new PromoteOperation(request, context)))
                .hasMessageContaining("does not guard the alias champion")
                .hasMessageContaining("the policy production does");
    }

    private static final String NO_POLICIES = "{\"gates\": {\"quality\": {\"checks\": [\"auc >= 0.8\"]}}}";

    /** As stored when the promotion was requested. */
    private static PromoteRequest guarded(String alias, String policy) {
        return new PromoteRequest(
                ModelRef.ofVersion("churn", "1"),
                Optional.empty(),
                alias,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(policy));
    }

    @Test
    void aPromotionDoesNotGoOnWithoutThePolicyThatGuardedItsAlias() {
        register(0.9, Optional.empty());
        PromoteRequest request = guarded("crown", "careful");
        assertThat(run(new PromoteOperation(request, context))).isInstanceOf(Progress.NeedsApproval.class);
        PromoteOperation later = new PromoteOperation(request, context(NO_POLICIES, registry));
        assertThatThrownBy(() -> go(later))
                .hasMessageContaining("The policy careful guarded the alias crown when this promotion was requested")
                .hasMessageContaining("no policy guards the alias now");
        assertThat(versionOf("crown")).isEmpty();
    }

    @Test
    void anotherPolicyThatGuardsTheAliasNowDecides() {
        register(0.9, Optional.empty());
        PromoteRequest request = guarded("crown", "careful");
        assertThat(run(new PromoteOperation(request, context))).isInstanceOf(Progress.NeedsApproval.class);
        OperationContext renamed = context("{\"policies\": {\"easy\": {\"alias\": \"Crown\"}}}", registry);
        assertThat(go(new PromoteOperation(request, renamed))).isInstanceOf(Progress.Done.class);
    }

    @Test
    void aMoveThatWasAnnouncedIsNotMadeWithoutThePolicyThatAdmittedIt() {
        register(0.9, Optional.empty());
        gate("1");
        PromoteRequest request = guarded("champion", "production");
        journal = new FileJournal(directory.resolve("interrupted.json"));
        advance(new PromoteOperation(request, context), "moving");
        Progress ended = go(new PromoteOperation(request, context(NO_POLICIES, registry)));
        assertThat(ended)
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        refused -> assertThat(refused.message())
                                .contains("The policy production guarded the alias champion"));
        assertThat(versionOf("champion")).isEmpty();
        assertThat(events()).last().asString().startsWith("alias-move-failed");
    }

    @Test
    void theRecordTellsWhetherAGateTookItsMetricsFromTheRegistry() {
        register(0.9, Optional.empty());
        gate("1");
        Gate quality = context.rules().gates().get("quality");
        run(new GateOperation(
                new GateRequest(
                        ModelRef.ofVersion("churn", "1"),
                        Optional.empty(),
                        quality,
                        Optional.of(Metrics.of(Map.of("auc", 0.99)))),
                context));
        assertThat(records.events("local", "churn").stream()
                        .map(e -> e.draft().details().path("metricsFrom").asText()))
                .containsExactly("", "registration", "request");
    }

    @Test
    void aPromotionWaitsForApprovalAndGoesOnWithIt() {
        register(0.9, Optional.empty());
        PromoteOperation promotion = promotion("1", "crown");
        assertThat(run(promotion)).isInstanceOf(Progress.NeedsApproval.class);
        assertThat(go(promotion)).isInstanceOf(Progress.NeedsApproval.class);
        assertThat(events()).containsExactly("registered 1", "approval-requested 1");

        Approvals.add(journal, new Approval("ann", List.of("leads"), NOW, "my own", false));
        assertThat(go(promotion)).as("the requester does not count").isInstanceOf(Progress.NeedsApproval.class);
        Approvals.add(journal, new Approval("ben", List.of("leads"), NOW, "looks good", false));
        assertThat(go(promotion)).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("crown")).contains("1");
        assertThat(log).contains("approved     churn/1 as crown by ann", "approved     churn/1 as crown by ben");
        ObjectNode details = records.events("local", "churn").get(6).draft().details();
        assertThat(details.path("approvals")).hasSize(2);
        assertThat(details.path("approvals").path(1).path("comment").asText()).isEqualTo("looks good");
    }

    @Test
    void anOverrideIsLoggedAsOne() {
        register(0.9, Optional.empty());
        PromoteOperation promotion = promotion("1", "crown");
        run(promotion);
        Approvals.add(journal, new Approval("root", List.of(), NOW, "on fire", true));
        assertThat(go(promotion)).isInstanceOf(Progress.Done.class);
        assertThat(log).contains("approved     churn/1 as crown by root, as an override");
    }

    @Test
    void aVersionThatTheRecordDoesNotKnowIsAdoptedBeforeItsAliasIsMoved() {
        register(0.9, Optional.empty());
        records = new FileRecordStore(directory.resolve("another-record"), CLOCK);
        context = context(RULES, registry);
        assertThat(run(promotion("1", "candidate"))).isInstanceOf(Progress.Done.class);
        assertThat(events()).containsExactly("adopted 1", "alias-move-started 1", "promoted 1");
        assertThat(run(promotion("1", "other"))).isInstanceOf(Progress.Done.class);
        assertThat(events()).containsOnlyOnce("adopted 1");
    }

    @Test
    void aVersionThatIsMadeAgainBeforeTheDecisionIsNotDecidedOn() throws IOException {
        register(0.9, Optional.empty());
        gate("1");
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("1", "champion"), "deciding");
        Journal killed = journal;
        deleteModel();
        register(0.9, Optional.empty());
        gate("1");
        journal = killed;
        assertThat(refused(go(promotion("1", "champion")), RejectionReason.CONFLICT)
                        .message())
                .startsWith("churn/1 was deleted and created again in the registry since this promotion started");
        assertThat(versionOf("champion")).isEmpty();
    }

    @Test
    void aRefusalSaysWhoseChangesWereRefused() {
        register(0.9, Optional.empty());
        Actor actor = new Actor(
                "SYSTEM",
                Optional.empty(),
                Optional.empty(),
                CodeKind.OWN,
                List.of("ben", "eve"),
                List.of("ben", "eve"));
        context = actingAs(actor);
        refused(run(promotion("1", "champion")), RejectionReason.POLICY_UNMET);
        assertThat(last().draft().type()).isEqualTo(EventType.PROMOTION_REFUSED);
        assertThat(last().draft().details().path("committers")).hasToString("[\"ben\",\"eve\"]");
    }

    @Test
    void anApprovalOfNothingIsRefused() {
        journal = new FileJournal(directory.resolve("none.json"));
        assertThatThrownBy(() -> Approvals.add(journal, new Approval("ben", List.of(), NOW, "", false)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aliasesResolveToWhoBoreThemBefore() {
        for (int version = 1; version <= 3; version++) {
            register(0.9, Optional.empty());
            letIn(String.valueOf(version));
        }
        assertThat(version("churn@champion")).contains("3");
        assertThat(version("models:/churn@champion~1")).contains("2");
        assertThat(version("churn@champion~2")).contains("1");
        assertThat(version("churn@champion~3")).isEmpty();
        assertThat(ModelResolver.unknown("local", ModelRef.parse("churn@champion~3")))
                .hasMessageContaining("3 moves ago");
    }

    private Optional<String> version(String reference) {
        return ModelResolver.read(registry, ModelRef.parse(reference), Cancellation.NONE)
                .map(ModelVersion::version);
    }

    @Test
    void aSecondRollbackGoesFurtherBackNeverForward() {
        for (int version = 1; version <= 3; version++) {
            register(0.9, Optional.empty());
            letIn(String.valueOf(version));
        }
        assertThat(rollback()).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("champion")).contains("2");
        assertThat(rollback()).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("champion")).contains("1");
        assertThatThrownBy(this::rollback)
                .hasMessageContaining("no earlier version to move champion of churn back to from 1");
        assertThat(versionOf("champion")).contains("1");
    }

    @Test
    void aRollbackDoesNotLeadToAVersionThatWasRolledBackBefore() {
        for (int version = 1; version <= 2; version++) {
            register(0.9, Optional.empty());
            letIn(String.valueOf(version));
        }
        assertThat(rollback()).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("champion")).contains("1");
        register(0.9, Optional.empty());
        letIn("3");
        assertThat(rollback()).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("champion")).contains("1");
    }

    @Test
    void aGuardedAliasIsNotRolledBackToWhatNoPolicyLetIn() {
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        AliasMove smuggled = registry.moveAlias(
                "churn", new AliasChange("champion", Optional.empty(), Optional.of("1"), "move-2"), Cancellation.NONE);
        assertThat(smuggled.outcome()).isEqualTo(AliasMove.Outcome.MOVED);
        letIn("2");
        assertThatThrownBy(this::rollback).hasMessageContaining("the record shows none that a policy admitted");
        assertThat(versionOf("champion")).contains("2");
    }
}
