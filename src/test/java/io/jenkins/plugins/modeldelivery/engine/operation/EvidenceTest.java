package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What evidence is bound to: the bytes of the version, and the baseline that it was compared with. */
class EvidenceTest extends PromotionFixture {
    private static final String AGAINST_CHAMPION = """
            {"gates": {"quality": {"checks": ["auc >= 0.5", "auc >= baseline"], "baseline": "champion"}},
             "policies": {"production": {"alias": "champion", "gates": ["quality"]}}}
            """;

    @BeforeEach
    void compareWithTheChampion() {
        context = context(AGAINST_CHAMPION, registry);
    }

    @Test
    void aVersionThatWasDeletedAndMadeAgainInheritsNothing() throws IOException {
        register(0.9, Optional.empty());
        assertThat(gate("1")).isInstanceOf(Progress.Done.class);
        deleteModel();
        Files.writeString(directory.resolve("model/weights"), "other bytes");
        register(0.1, Optional.empty());
        assertThat(refused(run(promotion("1", "champion")), RejectionReason.POLICY_UNMET)
                        .message())
                .contains("the gate quality");
        assertThat(log).anyMatch(line -> line.contains("the record knows another churn/1 (until event 2)"));
        assertThat(versionOf("champion")).isEmpty();
    }

    /** The baseline was a version 1, too, but not this one. */
    @Test
    void aCandidateWithTheNumberOfAVanishedBaselineIsNoFirstModel() throws IOException {
        register(0.9, Optional.empty());
        assertThat(gate("1")).isInstanceOf(Progress.Done.class);
        assertThat(run(promotion("1", "champion"))).isInstanceOf(Progress.Done.class);
        deleteModel();
        register(0.6, Optional.empty());
        moveByHand("champion", null, "1");
        refused(gate("1"), RejectionReason.GATE_INCONCLUSIVE);
    }

    @Test
    void aVersionThatIsMadeAgainWhileItIsPromotedIsNotPromoted() throws IOException {
        register(0.9, Optional.empty());
        gate("1");
        PromoteOperation promotion = promotion("1", "champion");
        journal = new FileJournal(directory.resolve("replaced.json"));
        advance(promotion, "moving");
        Journal begun = journal;
        deleteModel();
        register(0.1, Optional.empty());
        journal = begun;
        assertThat(refused(go(promotion), RejectionReason.CONFLICT).message()).contains("deleted and created again");
        assertThat(versionOf("champion")).isEmpty();
        assertThat(last().draft().type()).isEqualTo(EventType.ALIAS_MOVE_FAILED);
    }

    @Test
    void evidenceHoldsOnlyWhileItsBaselineIsTheOneOfNow() {
        register(0.8, Optional.empty());
        letIn("1");
        register(0.85, Optional.empty());
        register(0.95, Optional.empty());
        gate("2");
        gate("3");
        assertThat(run(promotion("3", "champion"))).isInstanceOf(Progress.Done.class);
        assertThat(refused(run(promotion("2", "champion")), RejectionReason.POLICY_UNMET)
                        .result()
                        .toString())
                .contains("it was compared with version 1, and the baseline is version 3 now");
        assertThat(versionOf("champion")).contains("3");
    }

    @Test
    void twoFirstModelsAreNotBothPromotedAgainstNothing() {
        register(0.9, Optional.empty());
        register(0.6, Optional.empty());
        gate("1");
        gate("2");
        assertThat(run(promotion("1", "champion"))).isInstanceOf(Progress.Done.class);
        refused(run(promotion("2", "champion")), RejectionReason.POLICY_UNMET);
        assertThat(versionOf("champion")).contains("1");
    }

    @Test
    void aCandidateIsNeverItsOwnBaseline() {
        context = context(
                AGAINST_CHAMPION.replace("\"baseline\": \"champion\"", "\"baseline\": \"challenger\""), registry);
        register(0.9, Optional.of("challenger"));
        register(0.2, Optional.of("challenger"));
        refused(gate("2"), RejectionReason.GATE_FAILED);
        assertThat(last().draft().details().path("baseline").path("version").asText())
                .isEqualTo("1");
    }

    /** The predecessor is what the candidate's own move replaced, also where the outcome of the move before is not known. */
    @Test
    void thePredecessorIsWhatWasReplacedAlsoIfItsOwnMoveIsNotRecorded() {
        context = context(
                AGAINST_CHAMPION.replace("\"baseline\": \"champion\"", "\"baseline\": \"challenger\""), registry);
        register(0.5, Optional.of("challenger"));
        register(0.9, Optional.empty());
        moveByHand("challenger", "1", "2");
        register(0.2, Optional.empty());
        records.append(moved("3", "2"));
        moveByHand("challenger", "2", "3");
        refused(gate("3"), RejectionReason.GATE_FAILED);
        assertThat(last().draft().details().path("baseline").path("version").asText())
                .isEqualTo("2");
    }

    private EventDraft moved(String to, String from) {
        return new EventDraft(
                EventType.ALIAS_MOVED,
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
    void aBaselineThatVanishedIsNotAFirstModel() throws IOException {
        register(0.9, Optional.empty());
        letIn("1");
        moveByHand("champion", "1", null);
        register(0.6, Optional.empty());
        refused(gate("2"), RejectionReason.GATE_INCONCLUSIVE);
        assertThat(last().draft().details().path("baseline").path("vanished").asText())
                .contains("pointed to version 1");
        deleteModel();
        register(0.6, Optional.empty());
        refused(gate("1"), RejectionReason.GATE_INCONCLUSIVE);
    }

    @Test
    void aKilledPromotionDecidesAgain() {
        register(0.9, Optional.empty());
        gate("1");
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("1", "champion"), "moving");
        Journal killed = journal;
        context = context(AGAINST_CHAMPION.replace("auc >= 0.5", "auc >= 0.95"), registry);
        refused(gate("1"), RejectionReason.GATE_FAILED);
        journal = killed;
        Progress.Rejected refused = refused(go(promotion("1", "champion")), RejectionReason.POLICY_UNMET);
        assertThat(refused.message())
                .contains("The alias champion of churn was not moved from no version to 1")
                .contains("the gate quality must pass");
        assertThat(refused.result().at("/decision/rules/0/outcome").asText())
                .as("the rules that are shown are those of the second decision: " + refused.result())
                .isEqualTo("UNMET");
        assertThat(versionOf("champion")).isEmpty();
        assertThat(events()).endsWith("alias-move-started 1", "gated 1", "alias-move-failed 1");
    }

    @Test
    void aKilledPromotionNeverMovesAgainWhatSomebodyMovedBack() {
        register(0.8, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        gate("2");
        journal = new FileJournal(directory.resolve("killed.json"));
        PromoteOperation died = promotion("2", "champion");
        advance(died, "recording-move");
        journal = rewound(journal);
        moveByHand("champion", "2", "1");
        refused(go(promotion("2", "champion")), RejectionReason.CONFLICT);
        assertThat(versionOf("champion")).contains("1");
    }

    /** As if the process had died after the registry moved the alias and before it could note that. */
    private Journal rewound(Journal after) {
        FileJournal before = new FileJournal(directory.resolve("rewound.json"));
        before.write(after.read().orElseThrow().deepCopy().put("state", "moving"));
        return before;
    }

    @Test
    void anAliasThatSomebodyMovedIsRecordedAndReported() {
        register(0.8, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        moveByHand("champion", "1", "2");
        register(0.95, Optional.empty());
        gate("3");
        assertThat(run(promotion("3", "champion"))).isInstanceOf(Progress.Done.class);
        assertThat(events()).contains("alias-changed-outside 2");
        assertThat(log).anyMatch(line -> line.contains("churn@champion points to version 2 in the registry"));
        assertThat(records.state("local", "churn")
                        .alias("champion")
                        .orElseThrow()
                        .version())
                .contains("3");
        assertThat(events().stream().filter("alias-changed-outside 2"::equals)).hasSize(1);
    }

    @Test
    void aRemovedBaselineStaysVanishedAfterSomebodyNoticedIt() {
        register(0.9, Optional.empty());
        letIn("1");
        moveByHand("champion", "1", null);
        register(0.95, Optional.empty());
        gate("2");
        run(promotion("2", "champion"));
        assertThat(events()).contains("alias-changed-outside -");
        register(0.6, Optional.empty());
        refused(gate("3"), RejectionReason.GATE_INCONCLUSIVE);
    }

    @Test
    void aFirstMoveThatFailedIsNoBaselineThatVanished() {
        register(0.9, Optional.empty());
        gate("1");
        context = context(AGAINST_CHAMPION, denyingMoves(registry));
        refused(run(promotion("1", "champion")), RejectionReason.ALIAS_NOT_MOVED);
        context = context(AGAINST_CHAMPION, registry);
        register(0.8, Optional.empty());
        assertThat(gate("2")).isInstanceOf(Progress.Done.class);
    }

    private static ModelRegistry denyingMoves(ModelRegistry real) {
        return (ModelRegistry) Proxy.newProxyInstance(
                EvidenceTest.class.getClassLoader(),
                new Class<?>[] {ModelRegistry.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("moveAlias")) {
                        throw ErrorKind.DENIED.error("The registry returned 403.");
                    }
                    return method.invoke(real, arguments);
                });
    }

    /** The intent was not in the record yet, so the next process writes it: that is no decision. */
    @Test
    void aPromotionThatWasKilledBeforeItsIntentDecidesAgain() {
        register(0.9, Optional.empty());
        gate("1");
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("1", "champion"), "announcing-move");
        Journal killed = journal;
        context = context(AGAINST_CHAMPION.replace("auc >= 0.5", "auc >= 0.95"), registry);
        gate("1");
        journal = killed;
        refused(go(promotion("1", "champion")), RejectionReason.POLICY_UNMET);
        assertThat(versionOf("champion")).isEmpty();
    }

    /** The outcome of an earlier move that is recorded after the outcome of a later one says nothing about today. */
    @Test
    void anOutcomeThatIsRecordedLateDoesNotMoveTheAliasInTheRecord() {
        register(0.8, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        gate("2");
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("2", "champion"), "recording-move");
        Journal killed = rewound(journal);
        register(0.95, Optional.empty());
        assertThat(gate("3")).isInstanceOf(Progress.Done.class);
        assertThat(run(promotion("3", "champion"))).isInstanceOf(Progress.Done.class);
        journal = killed;
        refused(go(promotion("2", "champion")), RejectionReason.CONFLICT);
        assertThat(versionOf("champion")).contains("3");
        assertThat(records.state("local", "churn")
                        .alias("champion")
                        .orElseThrow()
                        .version())
                .contains("3");
    }

    @Test
    void aDryRunRecordsNothing() {
        register(0.8, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        gate("2");
        moveByHand("champion", "1", null);
        List<String> before = events();
        run(new PromoteOperation(
                new PromoteRequest(
                        ModelRef.ofVersion("churn", "2"), Optional.empty(), "champion", Optional.empty(), true),
                context));
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void evidenceThatIsTooOldDoesNotCountAfterAKillEither() {
        String rules = AGAINST_CHAMPION.replace(
                "\"gates\": [\"quality\"]", "\"gates\": [\"quality\"], \"maxEvidenceAge\": \"1h\"");
        context = context(rules, registry);
        register(0.9, Optional.empty());
        gate("1");
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("1", "champion"), "moving");
        context = later(context, Duration.ofHours(2));
        refused(go(promotion("1", "champion")), RejectionReason.POLICY_UNMET);
        assertThat(versionOf("champion")).isEmpty();
    }
}
