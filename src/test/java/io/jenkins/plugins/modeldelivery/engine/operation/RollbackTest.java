package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** To which version a rollback leads: the one that is named, or the newest earlier one. */
class RollbackTest extends PromotionFixture {
    private Progress rollback(String alias, Optional<String> to, String reason) {
        return run(new RollbackOperation(
                new RollbackRequest("churn", alias, to, Optional.empty(), reason, Optional.empty()), context));
    }

    private Progress rollback(String alias) {
        return rollback(alias, Optional.empty(), "");
    }

    private AbstractThrowableAssert<?, ?> assertRefused(String alias, String to, ErrorKind problem) {
        return assertThatThrownBy(() -> rollback(alias, Optional.ofNullable(to), ""))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(problem));
    }

    private void championsUpTo(int last) {
        for (int version = 1; version <= last; version++) {
            register(0.9, Optional.empty());
            letIn(String.valueOf(version));
        }
    }

    private void removeFromRegistry(String version) throws IOException {
        Path entry = directory.resolve("registry/models/churn/versions").resolve(version);
        Files.delete(entry.resolve("version.json"));
        Files.delete(entry);
    }

    @Test
    void anyVersionThatThePolicyAdmittedCanBeNamed() {
        championsUpTo(3);
        assertThat(rollback("champion", Optional.of("1"), "too slow"))
                .isInstanceOfSatisfying(
                        Progress.Done.class,
                        done -> assertThat(done.result())
                                .hasToString("{\"name\":\"churn\",\"version\":\"1\",\"registry\":\"local\","
                                        + "\"alias\":\"champion\",\"changed\":true,\"previous\":\"3\"}"));
        assertThat(versionOf("champion")).contains("1");
        assertThat(last().draft().type()).isEqualTo(EventType.ROLLED_BACK);
        assertThat(last().draft().details().path("reason").asText()).isEqualTo("too slow");
        assertThat(log).contains("rolled back  churn@champion: 3 → 1");
    }

    @Test
    void aRollbackWithoutAReasonRecordsNone() {
        championsUpTo(2);
        rollback("champion");
        assertThat(last().draft().details().has("reason")).isFalse();
    }

    @Test
    void aGuardedAliasGoesToNoVersionThatWasNeverAdmitted() {
        championsUpTo(2);
        register(0.9, Optional.empty());
        assertRefused("champion", "3", ErrorKind.INVALID_INPUT)
                .hasMessageContaining("churn/3: the record shows no admission of it to this alias by a policy")
                .hasMessageEndingWith("Promote it instead, or go back to version 1.");
        assertThat(versionOf("champion")).contains("2");
    }

    @Test
    void whereThereIsNoEarlierVersionNoneIsAdvised() {
        championsUpTo(1);
        register(0.9, Optional.empty());
        assertRefused("champion", "2", ErrorKind.INVALID_INPUT).hasMessageEndingWith("Promote it instead.");
    }

    @Test
    void theVersionThatTheAliasPointsToIsNoWayBack() {
        championsUpTo(2);
        assertRefused("champion", "2", ErrorKind.INVALID_INPUT).hasMessageContaining("points to version 2 already");
    }

    @Test
    void aVersionThatIsNotThereIsNotFound() {
        championsUpTo(2);
        assertRefused("champion", "9", ErrorKind.NOT_FOUND).hasMessageContaining("9");
    }

    @Test
    void anAliasThatPointsNowhereCannotGoBack() {
        register(0.9, Optional.empty());
        assertRefused("champion", null, ErrorKind.NOT_FOUND).hasMessageContaining("champion");
    }

    @Test
    void versionsThatAreGoneAreNamed() throws IOException {
        championsUpTo(2);
        removeFromRegistry("1");
        assertRefused("champion", null, ErrorKind.NOT_FOUND)
                .hasMessageContaining("the record shows none that a policy admitted and that still exists")
                .hasMessageContaining("these no longer exist in the registry: 1.");
    }

    /** The model was deleted, and another one has its numbers now. */
    @Test
    void aVersionThatWasMadeAgainIsNotTheOneThatWasAdmitted() throws IOException {
        championsUpTo(2);
        deleteModel();
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        letIn("3");
        assertRefused("champion", null, ErrorKind.NOT_FOUND)
                .hasMessageContaining("these no longer exist in the registry: 2, 1.");
        assertRefused("champion", "2", ErrorKind.INVALID_INPUT).hasMessageContaining("shows no admission");
    }

    @Test
    void aRegistryThatDoesNotAnswerSaysNothingAboutVersions() {
        championsUpTo(2);
        context = context(RULES, withoutVersion("1"));
        assertRefused("champion", null, ErrorKind.UNREACHABLE);
        assertThat(versionOf("champion")).contains("2");
    }

    @Test
    void anAliasWithoutAPolicyGoesWhereItWasOrToAnyVersionThatIsNamed() {
        register(0.9, Optional.of("candidate"));
        register(0.9, Optional.of("candidate"));
        register(0.9, Optional.empty());
        assertThat(rollback("candidate")).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("candidate")).contains("1");
        assertThat(rollback("candidate", Optional.of("3"), "")).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("candidate")).contains("3");
    }

    /** Where the record knows of no move, the registry's own history counts. */
    @Test
    void anAliasThatWasOnlyMovedInTheRegistryGoesBackByItsHistory() {
        register(0.9, Optional.empty());
        register(0.9, Optional.empty());
        moveByHand("candidate", null, "1");
        moveByHand("candidate", "1", "2");
        assertThat(rollback("candidate")).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("candidate")).contains("1");
    }

    @Test
    void anAliasThatNeverPointedElsewhereHasNoWayBack() {
        register(0.9, Optional.of("candidate"));
        assertRefused("candidate", null, ErrorKind.NOT_FOUND)
                .hasMessageContaining("back to from 1. Promote another version instead.");
    }
}
