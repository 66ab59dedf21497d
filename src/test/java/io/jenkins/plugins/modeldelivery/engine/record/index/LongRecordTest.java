package io.jenkins.plugins.modeldelivery.engine.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.record.BulkRecord;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A record of more than two {@link IndexBlock}s. */
class LongRecordTest extends RecordIndexFixture {
    private static final int EVENTS = 2 * IndexBlock.ENTRIES + 104;
    private static final EventQuery ALL = EventQuery.all();
    private static final EventQuery PROMOTED = ALL.types(Set.of(EventType.PROMOTED));

    @BeforeEach
    void write() throws IOException {
        try (BulkRecord bulk = new BulkRecord(directory.resolve("records"), "main", "churn")) {
            for (int i = 1; i <= EVENTS; i++) {
                bulk.append(
                        i % 1000 == 0 ? "promoted" : "gated", "" + i, "job", "http://ci/", START.plusSeconds(i), "{}");
            }
        }
    }

    private List<Long> forward(EventQuery query) {
        List<Long> found = new ArrayList<>();
        churn().each(query, event -> found.add(event.sequence()));
        return found;
    }

    private static List<Long> down(long from, long to) {
        return LongStream.rangeClosed(to, from).map(i -> from + to - i).boxed().toList();
    }

    @Test
    void whatIsFarApartIsFoundBothWays() {
        assertThat(all(PROMOTED, 2)).containsExactly(4000L, 3000L, 2000L, 1000L);
        assertThat(forward(PROMOTED)).containsExactly(1000L, 2000L, 3000L, 4000L);
        assertThat(forward(ALL.version("2049"))).containsExactly(2049L);
    }

    /** Pages that end at the last entry of a piece, one before and one after. */
    @Test
    void pagesOfAnyLengthHoldEveryEventOnce() {
        for (int first = EVENTS - IndexBlock.ENTRIES - 2; first <= EVENTS - IndexBlock.ENTRIES + 2; first++) {
            assertThat(all(ALL, first)).as("pages of " + first).isEqualTo(down(EVENTS, 1));
        }
    }

    @Test
    void anIndexThatGrewIsTheOneThatIsMadeAtOnce() throws IOException {
        List<String> lines = Files.readAllLines(record());
        IndexFiles files = IndexFiles.of(directory.resolve("records"), directory.resolve("index"), record());
        Files.write(record(), lines.subList(0, IndexBlock.ENTRIES + 100));
        churn();
        Files.write(record(), lines);
        churn();
        byte[] pieces = Files.readAllBytes(files.pieces());
        byte[] entries = Files.readAllBytes(files.entries());
        String state = Files.readString(files.state());
        for (Path file : List.of(files.pieces(), files.entries(), files.state())) {
            Files.delete(file);
        }
        churn();
        assertThat(files.pieces()).hasBinaryContent(pieces);
        assertThat(files.entries()).hasBinaryContent(entries);
        assertThat(files.state()).hasContent(state);
        assertThat(pieces).hasSize(2 * IndexBlock.BYTES);
    }

    @Test
    void aDamagedLineIsNamedByItsNumber() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(record()));
        lines.set(2999, "not an event");
        Files.write(record(), lines);
        EventQuery damaged = ALL.types(Set.of(EventType.DAMAGED));
        List<Event> found =
                new ArrayList<>(churn().page(damaged, OptionalLong.empty(), 5).events());
        churn().each(damaged, found::add);
        assertThat(found).hasSize(2).allSatisfy(event -> {
            assertThat(event.sequence()).isEqualTo(3000);
            assertThat(event.draft().details().path("line").asInt()).isEqualTo(3000);
        });
        assertThat(churn().isDamaged()).isTrue();
    }

    @Test
    void aWholeRecordIsNotDamaged() {
        assertThat(churn().isDamaged()).isFalse();
    }
}
