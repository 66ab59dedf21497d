package io.jenkins.plugins.modeldelivery.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.promotion.Approval;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What promotions and rollbacks do, beside what every crash test shows. */
class PromotionTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String RULES = """
            {"gates": {"quality": {"checks": ["auc >= 0.8"]}},
             "policies": {
               "production": {"alias": "champion", "gates": ["quality"]},
               "careful": {"alias": "crown", "approvals": {"count": 1, "from": ["leads"], "notRequester": true}}}}
            """;

    @TempDir
    Path directory;

    private LocalDirectoryRegistry registry;
    private RecordStore records;
    private Workbench bench;
    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        registry = new LocalDirectoryRegistry(directory.resolve("registry"), CLOCK);
        records = new RecordStore(directory.resolve("records"), CLOCK);
        Files.createDirectories(directory.resolve("model"));
        Files.writeString(directory.resolve("model/weights"), "1");
        bench = new Workbench(
                CLOCK,
                name -> new Configured.Named<>("local", registry),
                name -> {
                    throw new IllegalStateException("nothing is deployed here");
                },
                Rules.parse(Json.read(RULES.getBytes(StandardCharsets.UTF_8), Problem.INVALID_INPUT, "rules")),
                records,
                new Actor("ann", Optional.empty()),
                new LocalTransfers(directory.resolve("scratch"), (done, total) -> {}),
                Cancellation.NONE,
                line -> {},
                new Claims(),
                () -> UUID.randomUUID().toString());
    }

    private Progress run(Operation operation) {
        journal = new FileJournal(directory.resolve(UUID.randomUUID() + ".json"));
        return go(operation);
    }

    private Progress go(Operation operation) {
        return new BlockingDriver(Pause.REAL, Cancellation.NONE, reason -> {}).run(operation, journal);
    }

    private Progress register(double auc, Optional<String> alias) {
        return run(new RegisterOperation(
                new RegisterRequest(
                        "churn",
                        Optional.empty(),
                        new VersionSource.Files(directory.resolve("model")),
                        Metrics.of(Map.of("auc", auc)),
                        Map.of(),
                        Map.of(),
                        "",
                        alias),
                bench));
    }

    private void gate(String version) {
        Gate quality = bench.rules().gates().get("quality");
        run(new GateOperation(
                new GateRequest(ModelRef.ofVersion("churn", version), Optional.empty(), quality, Optional.empty()),
                bench));
    }

    private PromoteOperation promotion(String version, String alias) {
        return new PromoteOperation(
                new PromoteRequest(
                        ModelRef.ofVersion("churn", version), Optional.empty(), alias, Optional.empty(), false),
                bench);
    }

    private void letIn(String version) {
        gate(version);
        assertThat(run(promotion(version, "champion"))).isInstanceOf(Progress.Done.class);
    }

    private Progress rollback() {
        return run(new RollbackOperation(
                new RollbackRequest("churn", "champion", Optional.empty(), "", Optional.empty()), bench));
    }

    private Optional<String> bearer(String alias) {
        return registry.aliases("churn", Cancellation.NONE).bearer(alias);
    }

    private List<String> events() {
        return records.events("local", "churn").stream()
                .map(e -> e.draft().type() + " " + e.draft().version().orElse("-"))
                .toList();
    }

    @Test
    void theDecisionAndItsDigestsAreInTheRecord() {
        register(0.9, Optional.empty());
        letIn("1");
        Event promoted = records.events("local", "churn").get(2);
        assertThat(promoted.draft().policyDigest())
                .contains(bench.rules()
                        .policies()
                        .get("production")
                        .digest(bench.rules().gates()));
        ObjectNode details = promoted.draft().details();
        assertThat(details.path("decision").path("granted").asBoolean()).isTrue();
        assertThat(details.path("policy").asText()).isEqualTo("production");
        assertThat(details.path("to").asText()).isEqualTo("1");
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
                        Progress.Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.POLICY_UNMET));
        assertThat(bearer("champion")).contains("1");
        assertThat(events()).endsWith("promotion-refused 2");
    }

    @Test
    void evidenceOfAnotherVersionIsNone() {
        register(0.9, Optional.empty());
        gate("1");
        register(0.9, Optional.empty());
        assertThat(run(promotion("2", "champion"))).isInstanceOf(Progress.Refused.class);
    }

    @Test
    void checksOfOnesOwnAreNoEvidence() {
        register(0.9, Optional.empty());
        Gate easy = Gate.of("quality", List.of("auc >= 0.1"));
        run(new GateOperation(
                new GateRequest(ModelRef.ofVersion("churn", "1"), Optional.empty(), easy, Optional.empty()), bench));
        assertThat(run(promotion("1", "champion"))).isInstanceOf(Progress.Refused.class);
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
        while (!journal.read()
                .map(page -> page.path("state").asText())
                .orElse("")
                .equals("moving")) {
            promotion.advance(journal);
        }
        registry.moveAlias("churn", "champion", Optional.of("1"), Optional.of("3"), Cancellation.NONE);
        Progress ended = go(promotion);
        assertThat(ended).isInstanceOfSatisfying(Progress.Refused.class, refused -> {
            assertThat(refused.why()).isEqualTo(Refusal.CONFLICT);
            assertThat(refused.message()).contains("from 1 to 3").contains("Nothing was overwritten");
        });
        assertThat(bearer("champion")).contains("3");
        assertThat(events()).endsWith("promoted 2", "promotion-conflict 2");
    }

    @Test
    void aPolicyThatGuardsAnotherAliasCannotBeUsedInstead() {
        register(0.9, Optional.empty());
        PromoteRequest request = new PromoteRequest(
                ModelRef.ofVersion("churn", "1"), Optional.empty(), "champion", Optional.of("careful"), false);
        assertThatThrownBy(() -> run(new PromoteOperation(request, bench)))
                .hasMessageContaining("does not guard the alias champion")
                .hasMessageContaining("the policy production does");
    }

    @Test
    void aRegistrationCannotSetAGuardedAlias() {
        assertThatThrownBy(() -> register(0.9, Optional.of("champion")))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT))
                .hasMessageContaining("guarded by the policy production");
        assertThat(events()).isEmpty();
    }

    @Test
    void aRegistrationCannotClaimWhereItComesFrom() {
        RegisterRequest request = new RegisterRequest(
                "churn",
                Optional.empty(),
                new VersionSource.Files(directory.resolve("model")),
                Metrics.NONE,
                Map.of("model-delivery.branch", "main"),
                Map.of(),
                "",
                Optional.empty());
        assertThatThrownBy(() -> run(new RegisterOperation(request, bench)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INVALID_INPUT))
                .hasMessageContaining("model-delivery.branch");
        assertThat(events()).isEmpty();
    }

    @Test
    void theRecordTellsWhetherAGateTookItsMetricsFromTheRegistry() {
        register(0.9, Optional.empty());
        gate("1");
        Gate quality = bench.rules().gates().get("quality");
        run(new GateOperation(
                new GateRequest(
                        ModelRef.ofVersion("churn", "1"),
                        Optional.empty(),
                        quality,
                        Optional.of(Metrics.of(Map.of("auc", 0.99)))),
                bench));
        assertThat(records.events("local", "churn").stream()
                        .map(e -> e.draft().details().path("metricsFrom").asText()))
                .containsExactly("", "registry", "request");
    }

    @Test
    void aRegistrationMaySetAFreeAlias() {
        assertThat(register(0.9, Optional.of("candidate"))).isInstanceOf(Progress.Done.class);
        assertThat(bearer("candidate")).contains("1");
        assertThat(events()).containsExactly("registered 1", "alias-moved 1");
    }

    private RegisterOperation sameRegistration() {
        return new RegisterOperation(
                new RegisterRequest(
                                "churn",
                                Optional.empty(),
                                new VersionSource.Files(directory.resolve("model")),
                                Metrics.NONE,
                                Map.of(),
                                Map.of(),
                                "",
                                Optional.of("candidate"))
                        .sameAs("build-7"),
                bench);
    }

    @Test
    void theSameRegistrationAgainSetsItsAliasThatWasNotSetYet() {
        RegisterOperation died = sameRegistration();
        journal = new FileJournal(directory.resolve("died.json"));
        while (!journal.read()
                .map(page -> page.path("state").asText())
                .orElse("")
                .equals("moving")) {
            died.advance(journal);
        }
        run(sameRegistration());
        assertThat(bearer("candidate")).contains("1");
        assertThat(events()).containsExactly("registered 1", "alias-moved 1");
    }

    @Test
    void theSameRegistrationAgainLeavesAnAliasThatSomebodyElseTookSince() {
        run(sameRegistration());
        register(0.9, Optional.of("candidate"));
        Progress again = run(sameRegistration());
        assertThat(again)
                .isInstanceOfSatisfying(
                        Progress.Done.class,
                        done -> assertThat(done.result().path("version").asText())
                                .isEqualTo("1"));
        assertThat(bearer("candidate")).contains("2");
        assertThat(events()).containsExactly("registered 1", "alias-moved 1", "registered 2", "alias-moved 2");
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
        assertThat(bearer("crown")).contains("1");
        ObjectNode details = records.events("local", "churn").get(4).draft().details();
        assertThat(details.path("approvals")).hasSize(2);
        assertThat(details.path("approvals").path(1).path("comment").asText()).isEqualTo("looks good");
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
        Configured.Named<io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry> named =
                new Configured.Named<>("local", registry);
        assertThat(ModelResolver.resolve(named, ModelRef.parse("churn@champion"), Cancellation.NONE))
                .isEqualTo("3");
        assertThat(ModelResolver.resolve(named, ModelRef.parse("models:/churn@champion~1"), Cancellation.NONE))
                .isEqualTo("2");
        assertThat(ModelResolver.resolve(named, ModelRef.parse("churn@champion~2"), Cancellation.NONE))
                .isEqualTo("1");
        assertThatThrownBy(() -> ModelResolver.resolve(named, ModelRef.parse("churn@champion~3"), Cancellation.NONE))
                .hasMessageContaining("3 moves ago");
    }

    @Test
    void aSecondRollbackGoesFurtherBackNeverForward() {
        for (int version = 1; version <= 3; version++) {
            register(0.9, Optional.empty());
            letIn(String.valueOf(version));
        }
        assertThat(rollback()).isInstanceOf(Progress.Done.class);
        assertThat(bearer("champion")).contains("2");
        assertThat(rollback()).isInstanceOf(Progress.Done.class);
        assertThat(bearer("champion")).contains("1");
        assertThatThrownBy(this::rollback).hasMessageContaining("nothing to roll back to");
        assertThat(bearer("champion")).contains("1");
    }

    @Test
    void aGuardedAliasIsNotRolledBackToWhatNoPolicyLetIn() {
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        AliasMove smuggled =
                registry.moveAlias("churn", "champion", Optional.empty(), Optional.of("1"), Cancellation.NONE);
        assertThat(smuggled.outcome()).isEqualTo(AliasMove.Outcome.MOVED);
        letIn("2");
        assertThatThrownBy(this::rollback).hasMessageContaining("does not say that it was promoted");
        assertThat(bearer("champion")).contains("2");
    }
}
