package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.StateTransition;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateTransitionTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path directory;

    private void go(String state, int second) {
        Clock clock = Clock.fixed(NOON.plusSeconds(second), ZoneOffset.UTC);
        new JournalEntry(journal(), null, clock).enter(state);
    }

    private FileJournal journal() {
        return new FileJournal(directory.resolve("journal.json"));
    }

    @Test
    void aJournalKnowsWhenEachStateWasEntered() {
        go("applying", 1);
        go("loading", 5);
        assertThat(StateTransition.of(journal().read().orElseThrow()))
                .containsExactly(
                        new StateTransition("applying", NOON.plusSeconds(1)),
                        new StateTransition("loading", NOON.plusSeconds(5)));
    }

    @Test
    void aStateThatIsWrittenAgainWasEnteredOnce() {
        go("awaiting-approval", 1);
        go("awaiting-approval", 9);
        assertThat(StateTransition.of(journal().read().orElseThrow()))
                .containsExactly(new StateTransition("awaiting-approval", NOON.plusSeconds(1)));
    }

    @Test
    void aJournalOfAnotherVersionKnowsNoTimes() {
        assertThat(StateTransition.of(Json.object().put("state", "loading"))).isEmpty();
        var odd = Json.object();
        odd.putArray("entered").addObject().put("state", "loading").put("time", "yesterday");
        assertThat(StateTransition.of(odd)).isEmpty();
    }
}
