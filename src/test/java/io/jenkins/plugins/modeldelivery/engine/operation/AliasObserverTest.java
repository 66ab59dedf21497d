package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which difference between registry and record is a move past the record, and what is recorded of it. */
class AliasObserverTest extends PromotionFixture {
    private static final String ALIAS = "candidate";

    private void versions(int count) {
        for (int i = 0; i < count; i++) {
            register(0.9, Optional.empty());
        }
    }

    private void promote(String version) {
        assertThat(run(promotion(version, ALIAS))).isInstanceOf(Progress.Done.class);
    }

    /** The process dies before the move, or after it and before it notes that. */
    private void promoteAndDie(String version, String before) {
        journal = new FileJournal(directory.resolve("killed-" + version + ".json"));
        advance(promotion(version, ALIAS), before);
    }

    private List<Event> observed() {
        return records.events("local", "churn").stream()
                .filter(event -> event.draft().type() == EventType.ALIAS_CHANGED_OUTSIDE)
                .toList();
    }

    private void assertObserved(String details, String line) {
        assertThat(observed())
                .singleElement()
                .satisfies(event -> assertThat(event.draft().details()).hasToString(details));
        assertThat(log).contains("note         churn@candidate points to " + line + ". An outside change moved it");
    }

    @Test
    void aMoveToAnotherVersion() {
        versions(3);
        promote("1");
        moveByHand(ALIAS, "1", "2");
        promote("3");
        assertObserved(
                "{\"alias\":\"candidate\",\"from\":\"1\",\"to\":\"2\"}",
                "version 2 in the registry, and to version 1 in the record");
    }

    @Test
    void aMoveThatTookTheAliasAway() {
        versions(2);
        promote("1");
        moveByHand(ALIAS, "1", null);
        promote("2");
        assertObserved(
                "{\"alias\":\"candidate\",\"from\":\"1\"}",
                "no version in the registry, and to version 1 in the record");
    }

    @Test
    void anAliasThatTheRecordDoesNotKnow() {
        versions(2);
        moveByHand(ALIAS, null, "1");
        promote("2");
        assertObserved(
                "{\"alias\":\"candidate\",\"to\":\"1\"}", "version 1 in the registry, and to no version in the record");
    }

    /** The number is the same, and the version is not. */
    @Test
    void anAliasThatPointsToAVersionWhichWasMadeAgain() throws IOException {
        versions(1);
        promote("1");
        deleteModel();
        versions(2);
        moveByHand(ALIAS, null, "1");
        promote("2");
        assertThat(observed()).hasSize(1);
    }

    @Test
    void whatAgreesIsNoMove() {
        versions(2);
        promote("1");
        promote("2");
        assertThat(observed()).isEmpty();
    }

    @Test
    void aMoveThatIsUnderWayExplainsWhereTheAliasPoints() {
        versions(3);
        promoteAndDie("1", "recording-move");
        promote("2");
        promoteAndDie("3", "recording-move");
        promote("1");
        assertThat(observed()).isEmpty();
    }

    @Test
    void aMoveToAnotherVersionThatIsUnderWayExplainsNothing() {
        versions(3);
        promote("1");
        promoteAndDie("2", "moving");
        moveByHand(ALIAS, "1", "3");
        promote("2");
        assertThat(observed())
                .singleElement()
                .satisfies(event -> assertThat(event.draft().version()).contains("3"));
    }

    @Test
    void aMoveOfAnotherAliasThatIsUnderWayExplainsNothing() {
        versions(3);
        promote("1");
        journal = new FileJournal(directory.resolve("killed-other.json"));
        advance(promotion("2", "other"), "moving");
        moveByHand(ALIAS, "1", "2");
        promote("3");
        assertThat(observed()).hasSize(1);
    }

    /** Its operation was given up before the alias was known to be elsewhere. */
    @Test
    void aMoveThatWasBegunBeforeTheLastKnownOneExplainsNothing() {
        versions(3);
        promoteAndDie("2", "moving");
        promote("1");
        moveByHand(ALIAS, "1", "2");
        promote("3");
        assertThat(observed()).hasSize(1);
    }
}
