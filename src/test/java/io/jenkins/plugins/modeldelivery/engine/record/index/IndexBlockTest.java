package io.jenkins.plugins.modeldelivery.engine.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may be passed over unread is exactly what cannot match. */
class IndexBlockTest {
    private static final IndexBlock PIECE =
            IndexBlock.of(List.of(entry(100, 0, 3, "7"), entry(300, 1, 3, "8"), entry(200, 65, 5, "8")));

    private static IndexEntry entry(long time, int job, int type, String version) {
        return new IndexEntry(0, 10, time, job, type, IndexState.version(Optional.of(version)));
    }

    private static long number(int chosen) {
        boolean[] all = new boolean[chosen + 1];
        all[chosen] = true;
        return IndexBlock.bits(all);
    }

    private static boolean mayHold(int type, int job) {
        return PIECE.mayHold(number(type), number(job), 0, 1000);
    }

    private static boolean mayHoldTimes(long from, long until) {
        return PIECE.mayHold(number(3), number(0), from, until);
    }

    private static boolean mayHoldVersion(String version) {
        return PIECE.mayHoldAny(Set.of(IndexState.version(Optional.of(version))));
    }

    @Test
    void aTypeOrAJobThatNoEntryHasCannotMatch() {
        assertThat(mayHold(3, 0)).isTrue();
        assertThat(mayHold(5, 1)).isTrue();
        assertThat(mayHold(4, 0)).isFalse();
        assertThat(mayHold(3, 2)).isFalse();
    }

    @Test
    void numbersThatDifferBySixtyFourAreNotToldApart() {
        assertThat(mayHold(5, 65)).isTrue();
        assertThat(mayHold(5, 129)).isTrue();
    }

    @Test
    void bothEndsOfTheTimeMatch() {
        assertThat(mayHoldTimes(300, 400)).isTrue();
        assertThat(mayHoldTimes(301, 400)).isFalse();
        assertThat(mayHoldTimes(0, 100)).isTrue();
        assertThat(mayHoldTimes(0, 99)).isFalse();
    }

    @Test
    void aVersionThatNoEntryIsAboutCannotMatch() {
        assertThat(mayHoldVersion("7")).isTrue();
        assertThat(mayHoldVersion("8")).isTrue();
        assertThat(mayHoldVersion("9")).isFalse();
        assertThat(PIECE.mayHoldAny(Set.of(IndexState.version(Optional.of("9")), IndexState.version(Optional.of("7")))))
                .isTrue();
    }

    @Test
    void itIsReadAsItWasWritten() {
        ByteBuffer buffer = ByteBuffer.allocate(2 * IndexBlock.BYTES);
        PIECE.write(buffer);
        assertThat(buffer.position()).isEqualTo(IndexBlock.BYTES);
        assertThat(IndexBlock.read(buffer.flip())).isEqualTo(PIECE);
    }
}
