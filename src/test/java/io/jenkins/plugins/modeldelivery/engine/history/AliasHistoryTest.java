package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AliasHistoryTest {
    @TempDir
    Path directory;

    private Written record;

    @BeforeEach
    void write() {
        record = new Written(directory);
    }

    private AliasHistory history(boolean guarded) {
        return AliasHistory.read(
                "champion", guarded, sink -> record.read().each(EventQuery.all().types(AliasHistory.TYPES), sink));
    }

    private List<String> earlierThan(String version) {
        return history(true).earlierThan(version, Optional.of("created " + version)).stream()
                .map(VersionIdentity::version)
                .toList();
    }

    private static ObjectNode move(String from, String to) {
        return Json.object().put("alias", "champion").put("from", from).put("to", to);
    }

    private void rolledBack(String from, String to) {
        record.event("rolled-back", to, move(from, to));
    }

    @Test
    void theNewestEarlierVersionIsFirst() {
        record.promoted("1", null).promoted("2", "1").promoted("3", "2");
        assertThat(earlierThan("3")).containsExactly("2", "1");
        assertThat(earlierThan("1")).isEmpty();
    }

    @Test
    void whatTheAliasWasRolledBackFromIsNoEarlierVersion() {
        record.promoted("1", null).promoted("2", "1");
        rolledBack("2", "1");
        record.promoted("3", "1");
        assertThat(earlierThan("3")).containsExactly("1");
        assertThat(history(true).admitted())
                .extracting(VersionIdentity::version)
                .containsExactly("1", "2", "3");
    }

    @Test
    void aRollbackOverSeveralVersionsUndoesThemAll() {
        record.promoted("1", null).promoted("2", "1").promoted("3", "2");
        rolledBack("3", "1");
        record.promoted("4", "1");
        assertThat(earlierThan("4")).containsExactly("1");
    }

    @Test
    void aVersionThatIsPromotedAgainAfterARollbackCountsAgain() {
        record.promoted("1", null).promoted("2", "1");
        rolledBack("2", "1");
        record.promoted("2", "1").promoted("3", "2");
        assertThat(earlierThan("3")).containsExactly("2", "1");
    }

    @Test
    void aRollbackToAVersionThatNoPolicyAdmittedUndoesOnlyWhatItLeft() {
        record.promoted("1", null).promoted("2", "1");
        rolledBack("2", "9");
        record.promoted("3", "9");
        assertThat(earlierThan("3")).containsExactly("1");
    }

    @Test
    void goingBackByAPromotionLeadsFurtherBackAndNeverForward() {
        record.promoted("1", null).promoted("2", "1").promoted("1", "2");
        assertThat(earlierThan("1")).isEmpty();
    }

    @Test
    void aMoveThatEndedInAConflictDidNotMakeTheVersionThePresentOne() {
        record.promoted("1", null);
        record.event("alias-move-conflict", "3", move("1", "3").put("actual", "2"));
        record.promoted("2", "1").promoted("3", "2");
        assertThat(earlierThan("3")).containsExactly("2", "1");
    }

    @Test
    void aMoveThatFailedOrWasOnlyBegunAdmitsNothing() {
        record.promoted("1", null);
        record.event("alias-move-started", "2", move("1", "2"));
        record.event("alias-move-failed", "2", move("1", "2"));
        record.promoted("3", "1");
        assertThat(earlierThan("3")).containsExactly("1");
    }

    @Test
    void onlyAPolicyAdmitsToAGuardedAlias() {
        record.event("alias-moved", "1", move(null, "1"));
        record.promoted("2", "1").promoted("3", "2");
        assertThat(earlierThan("3")).containsExactly("2");
        assertThat(history(false).earlierThan("3", Optional.empty()))
                .extracting(VersionIdentity::version)
                .containsExactly("2", "1");
    }

    @Test
    void anotherModelVersionOfTheSameNumberIsNotThePresentOne() {
        record.promoted("1", null).promoted("2", "1");
        assertThat(history(true).earlierThan("2", Optional.of("created again")))
                .extracting(VersionIdentity::version)
                .containsExactly("1");
        assertThat(history(true).earlierThan("1", Optional.of("created again")))
                .extracting(VersionIdentity::version)
                .containsExactly("2");
    }

    @Test
    void movesOfOtherAliasesDoNotCount() {
        record.promoted("1", null);
        record.event("promoted", "7", Json.object().put("alias", "eu").put("to", "7"));
        record.promoted("2", "1");
        assertThat(earlierThan("2")).containsExactly("1");
    }
}
