package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The output of a promotion and of a dry run. */
class PromotionResultTest extends PromotionFixture {
    private PromoteOperation promotion(String version, String alias, Optional<String> policy, boolean dryRun) {
        return new PromoteOperation(
                new PromoteRequest(ModelRef.ofVersion("churn", version), Optional.empty(), alias, policy, dryRun),
                context);
    }

    private Progress dryRun(String version, String alias) {
        return run(promotion(version, alias, Optional.empty(), true));
    }

    private static ObjectNode done(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Done.class);
        return ((Progress.Done) progress).result();
    }

    private String digest() {
        return context.rules()
                .policies()
                .get("production")
                .digest(context.rules().gates());
    }

    @Test
    void itTellsWhatWasMovedFromWhereUnderWhichPolicy() {
        register(0.9, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        gate("2");
        ObjectNode result = done(run(promotion("2", "champion")));
        assertThat(result.path("name").asText()).isEqualTo("churn");
        assertThat(result.path("version").asText()).isEqualTo("2");
        assertThat(result.path("registry").asText()).isEqualTo("local");
        assertThat(result.path("alias").asText()).isEqualTo("champion");
        assertThat(result.path("changed").asBoolean()).isTrue();
        assertThat(result.path("dryRun").asBoolean(true)).isFalse();
        assertThat(result.path("previous").asText()).isEqualTo("1");
        assertThat(result.at("/previousIdentity/version").asText()).isEqualTo("1");
        assertThat(result.at("/previousIdentity/digest").asText()).startsWith("sha256:");
        assertThat(result.path("policy").asText()).isEqualTo("production");
        assertThat(result.path("policyDigest").asText()).isEqualTo(digest());
        assertThat(result.at("/decision/granted").asBoolean()).isTrue();
        assertThat(result.path("requesters").isArray()).isTrue();
        assertThat(log).contains("promoted     churn@champion: none → 1", "promoted     churn@champion: 1 → 2");
    }

    @Test
    void anAliasWithoutAPolicyIsMovedWithoutADecision() {
        register(0.9, Optional.empty());
        ObjectNode result = done(run(promotion("1", "candidate")));
        assertThat(result.path("changed").asBoolean()).isTrue();
        for (String none :
                List.of("previous", "previousIdentity", "policy", "policyDigest", "decision", "requesters")) {
            assertThat(result.has(none)).as(none).isFalse();
        }
        assertThat(last().draft().details()).hasToString("{\"alias\":\"candidate\",\"to\":\"1\"}");
    }

    @Test
    void whereTheAliasPointsAlreadyNothingIsDone() {
        register(0.9, Optional.empty());
        letIn("1");
        List<String> before = events();
        assertThat(done(run(promotion("1", "champion"))).path("changed").asBoolean(true))
                .isFalse();
        assertThat(done(dryRun("1", "champion")).path("changed").asBoolean(true))
                .isFalse();
        assertThat(events()).isEqualTo(before);
        assertThat(log).contains("unchanged    champion of churn points to version 1 already");
    }

    @Test
    void aDryRunThatWouldBeAdmittedMovesNothing() {
        register(0.9, Optional.empty());
        gate("1");
        List<String> before = events();
        ObjectNode result = done(dryRun("1", "champion"));
        assertThat(result.path("dryRun").asBoolean()).isTrue();
        assertThat(result.path("changed").asBoolean(true)).isFalse();
        assertThat(result.at("/decision/granted").asBoolean()).isTrue();
        assertThat(done(dryRun("1", "candidate")).path("changed").asBoolean(true))
                .isFalse();
        assertThat(events()).isEqualTo(before);
        assertThat(records.events("local", "churn")).hasSize(before.size());
        assertThat(versionOf("champion")).isEmpty();
        assertThat(versionOf("candidate")).isEmpty();
    }

    @Test
    void aDryRunThatWouldBeRefusedIsNoRefusalInTheRecord() {
        register(0.9, Optional.empty());
        Progress.Rejected refused = refused(dryRun("1", "champion"), RejectionReason.POLICY_UNMET);
        assertThat(refused.message())
                .startsWith("churn/1 may not become champion: ")
                .contains("the gate quality must pass");
        assertThat(refused.result().at("/decision/granted").asBoolean(true)).isFalse();
        assertThat(events()).containsExactly("registered 1");
    }

    @Test
    void aDryRunThatWouldNeedApprovalAsksNobody() {
        register(0.9, Optional.empty());
        assertThat(dryRun("1", "crown")).isInstanceOfSatisfying(Progress.NeedsApproval.class, needs -> {
            assertThat(needs.since()).isEqualTo(NOW);
            assertThat(needs.deadline()).isEmpty();
        });
        assertThat(events()).containsExactly("registered 1");
    }

    @Test
    void aPolicyThatIsNotThereIsNamedWithThoseThatAre() {
        register(0.9, Optional.empty());
        assertInvalid("champion", "strict", "There is no policy strict; there are: careful, production.");
    }

    @Test
    void aPolicyDoesNotGuardAnAliasThatNoneGuards() {
        register(0.9, Optional.empty());
        assertInvalid("candidate", "careful", "The policy careful does not guard the alias candidate; no policy does.");
    }

    private void assertInvalid(String alias, String policy, String message) {
        assertThatThrownBy(() -> run(promotion("1", alias, Optional.of(policy), false)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessage(message);
        assertThat(versionOf(alias)).isEmpty();
    }

    @Test
    void thePolicyThatGuardsTheAliasMayBeNamed() {
        register(0.9, Optional.empty());
        gate("1");
        assertThat(done(run(promotion("1", "champion", Optional.of("production"), false)))
                        .path("changed")
                        .asBoolean())
                .isTrue();
    }

    /** What was only decided or waited for is decided again, by whichever operation comes next. */
    @Test
    void itHasBegunOnceItIsMoreThanADecision() {
        register(0.9, Optional.empty());
        gate("1");
        journal = new FileJournal(directory.resolve(UUID.randomUUID() + ".json"));
        PromoteOperation promotion = promotion("1", "champion");
        assertThat(promotion.hasBegun(journal)).isFalse();
        advance(promotion, "deciding");
        assertThat(promotion.hasBegun(journal)).isFalse();
        advance(promotion, "announcing-move");
        assertThat(promotion.hasBegun(journal)).isTrue();
        PromoteOperation waiting = promotion("1", "crown");
        assertThat(run(waiting)).isInstanceOf(Progress.NeedsApproval.class);
        assertThat(waiting.hasBegun(journal)).isFalse();
    }

    @Test
    void aPromotionThatWasInterruptedAndMovedBackSaysSo() {
        register(0.9, Optional.empty());
        letIn("1");
        register(0.9, Optional.empty());
        gate("2");
        journal = new FileJournal(directory.resolve("killed.json"));
        advance(promotion("2", "champion"), "recording-move");
        journal.write(journal.read().orElseThrow().put("state", "moving"));
        moveByHand("champion", "2", "1");
        assertThat(refused(go(promotion("2", "champion")), RejectionReason.CONFLICT)
                        .message())
                .startsWith(
                        "The promotion of churn/2 was interrupted while it moved champion, which points to 1 as before");
    }
}
