package io.jenkins.plugins.modeldelivery.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.model.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnteredTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path directory;

    private void go(String state, int second) {
        Clock clock = Clock.fixed(NOON.plusSeconds(second), ZoneOffset.UTC);
        new Page(journal(), null, clock).go(state);
    }

    private FileJournal journal() {
        return new FileJournal(directory.resolve("journal.json"));
    }

    @Test
    void aJournalKnowsWhenEachStateWasEntered() {
        go("applying", 1);
        go("loading", 5);
        assertThat(Entered.of(journal().read().orElseThrow()))
                .containsExactly(
                        new Entered("applying", NOON.plusSeconds(1)), new Entered("loading", NOON.plusSeconds(5)));
    }

    @Test
    void aStateThatIsWrittenAgainWasEnteredOnce() {
        go("awaiting-approval", 1);
        go("awaiting-approval", 9);
        assertThat(Entered.of(journal().read().orElseThrow()))
                .containsExactly(new Entered("awaiting-approval", NOON.plusSeconds(1)));
    }

    @Test
    void aJournalOfAnotherVersionKnowsNoTimes() {
        assertThat(Entered.of(Json.object().put("state", "loading"))).isEmpty();
        var odd = Json.object();
        odd.putArray("entered").addObject().put("state", "loading").put("time", "yesterday");
        assertThat(Entered.of(odd)).isEmpty();
    }
}
