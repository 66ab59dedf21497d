package io.jenkins.plugins.modeldelivery.build.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What became of jobs that were moved with their folders, moved alone, and deleted. */
class LocationHistoryTest {
    private static final Instant START = Instant.parse("2026-12-01T08:00:00Z");

    private final LocationHistory history = new LocationHistory(100);
    private Instant now = START;

    private boolean move(String from, String to) {
        now = now.plusSeconds(1);
        return history.add(LocationChange.moved(now, from, to));
    }

    private Instant delete(String name) {
        now = now.plusSeconds(1);
        history.add(LocationChange.deleted(now, name));
        return now;
    }

    private static Instant second(int number) {
        return START.plusSeconds(number);
    }

    @Test
    void aFolderTakesAllThatIsBelowItAlong() {
        move("team", "group");
        assertThat(history.trace("team/a/train").names()).containsExactly("team/a/train", "group/a/train");
        assertThat(history.earlierNamesOf("group/a/train")).containsExactly("group/a/train", "team/a/train");
        assertThat(history.trace("teams/train").names()).containsExactly("teams/train");
        assertThat(history.earlierNamesOf("groups/train")).containsExactly("groups/train");
    }

    @Test
    void theItemsOfAMovedFolderAddNothing() {
        move("team", "group");
        assertThat(move("team/a", "group/a")).isFalse();
        assertThat(move("team/a/train", "group/a/train")).isFalse();
        assertThat(history.size()).isEqualTo(1);
        assertThat(move("team/a/train", "group/a/other")).isTrue();
    }

    /** The folder was created again, and one of its jobs was moved to the place of an old job. */
    @Test
    void whatIsMovedTheSameWayLaterIsKnownAnewIfSomethingWasThere() {
        move("team", "group");
        Instant deleted = delete("group/train");
        assertThat(move("team/train", "group/train")).isTrue();
        assertThat(history.earlierNamesOf("group/train")).containsExactly("group/train", "team/train");
        assertThat(history.trace("team/train").deleted()).contains(deleted);
    }

    @Test
    void aJobIsFollowedThroughItsOwnMovesAndThoseOfItsFolders() {
        move("train", "train2");
        move("train2", "team/train2");
        move("team", "group");
        move("group", "team/group");
        move("team", "all");
        assertThat(history.trace("train").names()).containsExactly("train", "all/group/train2");
        assertThat(history.earlierNamesOf("all/group/train2"))
                .containsExactly(
                        "all/group/train2", "team/group/train2", "group/train2", "team/train2", "train2", "train");
    }

    @Test
    void foldersThatAreRenamedToAndFroHaveAnEnd() {
        for (int i = 0; i < 40; i++) {
            move(i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "b" : "a");
        }
        assertThat(history.trace("a/train").names()).containsExactly("a/train");
        assertThat(history.trace("b/train").names()).containsExactly("b/train", "a/train");
        assertThat(history.earlierNamesOf("a/train")).containsExactly("a/train", "b/train");
    }

    @Test
    void jobsThatBoreANameInTurnAreAllFound() {
        move("train", "archive/1");
        move("train", "archive/2");
        assertThat(history.trace("train").names()).containsExactly("train", "archive/1", "archive/2");
        assertThat(history.earlierNamesOf("archive/1")).containsExactly("archive/1", "train");
    }

    @Test
    void aJobHasNothingOfOneThatLeftOrWasDeletedBeforeItCame() {
        move("old", "train");
        delete("train");
        assertThat(history.earlierNamesOf("train")).containsExactly("train");
        move("other", "train");
        move("train", "gone");
        assertThat(history.earlierNamesOf("train")).containsExactly("train");
        assertThat(history.earlierNamesOf("gone")).containsExactly("gone", "train", "other");
    }

    @Test
    void aDeletionEndsWhatCameThereByMoving() {
        move("train", "team/train");
        Instant deleted = delete("team/train");
        move("team", "group");
        assertThat(history.trace("train")).isEqualTo(new LocationHistory.Trace(Set.of("train"), Optional.of(deleted)));
        assertThat(history.trace("other").deleted()).isEmpty();
    }

    /** It would be another job that is found, whose readers would see what the deleted one wrote. */
    @Test
    void anEarlierDeletionIsKeptIfAnotherJobLeftTheNameSince() {
        move("a", "b");
        Instant first = delete("b");
        move("b", "c");
        delete("b");
        assertThat(history.trace("a").names()).containsExactly("a");
        assertThat(history.trace("a").deleted()).contains(first);
        int before = history.size();
        Instant last = delete("b");
        assertThat(history.size()).isEqualTo(before);
        assertThat(history.trace("b").deleted()).contains(last);
    }

    @Test
    void whatConcernsNoRecordGoesFirst() {
        for (int i = 0; i < 60; i++) {
            move("unknown" + i, "anything" + i);
            delete("branch" + i);
        }
        move("team", "group");
        assertThat(history.isFull()).isTrue();
        history.makeRoom(List.of("team/train", "branch7", "other"));
        assertThat(history.changes())
                .containsExactly(
                        LocationChange.deleted(second(16), "branch7"),
                        LocationChange.moved(second(121), "team", "group"));
        assertThat(history.forgotten()).isEqualTo(Instant.MIN);
        assertThat(history.trace("unknown1").names()).containsExactly("unknown1");
        assertThat(history.earlierNamesOf("anything1")).containsExactly("anything1");
    }

    @Test
    void theOldestIsForgottenIfAllConcernsRecordsAndItIsToldUpToWhen() {
        List<String> recorded =
                IntStream.range(0, 100).mapToObj(i -> "branch" + i).toList();
        recorded.forEach(this::delete);
        history.makeRoom(recorded);
        assertThat(history.size()).isEqualTo(90);
        assertThat(history.forgotten()).isEqualTo(second(10));
        assertThat(history.trace("branch9").deleted()).isEmpty();
        assertThat(history.trace("branch10").deleted()).contains(second(11));
    }

    @Test
    void aLookUpTakesNoLongerWithManyEntries() {
        LocationHistory large = new LocationHistory(50_000);
        for (int i = 0; i < 50_000; i++) {
            large.add(LocationChange.moved(START, "from/folder" + i, "to/folder" + i));
        }
        long begun = System.nanoTime();
        for (int i = 0; i < 50_000; i++) {
            assertThat(large.earlierNamesOf("to/folder" + i + "/train")).hasSize(2);
            assertThat(large.trace("from/folder" + i + "/train").names()).hasSize(2);
        }
        // A scan of all entries for each would take minutes.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void severalThreadsAddAndAsk() throws Exception {
        LocationHistory shared = new LocationHistory(10_000);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> work = IntStream.range(0, 4)
                    .<Callable<Boolean>>mapToObj(thread -> () -> {
                        for (int i = 0; i < 1000; i++) {
                            String name = thread + "/" + i;
                            shared.add(LocationChange.moved(START, "from/" + name, "to/" + name));
                            if (shared.earlierNamesOf("to/" + name).size() != 2) {
                                return false;
                            }
                        }
                        return true;
                    })
                    .toList();
            for (Future<Boolean> end : threads.invokeAll(work)) {
                assertThat(end.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(shared.size()).isEqualTo(4000);
    }

    @Test
    void aLineTellsAChangeAndNothingElseIsOne() {
        Stream.of(
                        LocationChange.moved(START.plusMillis(7), "team/ä \"x\"", "group/\n"),
                        LocationChange.deleted(START, "train"))
                .forEach(change -> {
                    assertThat(change.line()).doesNotContain("\n");
                    assertThat(LocationChange.parse(change.line().getBytes(StandardCharsets.UTF_8)))
                            .isEqualTo(change);
                });
        for (String line : List.of(
                "",
                "{}",
                "{\"time\":\"2026-12-01T08:00:00Z\",\"from\":\"a\"}",
                "{\"time\":\"2026-12-01T08:00:00Z\",\"from\":\"a\",\"to\":\"b\",\"deleted\":\"c\"}",
                "{\"time\":\"yesterday\",\"deleted\":\"a\"}",
                "{\"deleted\":\"a\"}",
                "{\"time\":\"2026-12-01T08:00:00Z\",\"dele")) {
            assertThatThrownBy(() -> LocationChange.parse(line.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(DeliveryException.class);
        }
    }
}
