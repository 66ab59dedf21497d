package io.jenkins.plugins.modeldelivery.engine.record.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.ChainHead;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStoreTest;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import io.jenkins.plugins.modeldelivery.engine.record.StateKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One record, read by its index. */
class RecordIndexTest extends RecordIndexFixture {
    private static final List<String> OTHERS = Arrays.stream(EventType.values())
            .filter(type -> type != EventType.PROMOTED && type != EventType.DAMAGED)
            .map(EventType::text)
            .toList();

    @Test
    void aModelWithoutARecordIsNotThere() {
        assertThat(index.open("main", "churn")).isEmpty();
        assertThat(index.rows()).isEmpty();
    }

    @Test
    void pagesHoldWhatTheRecordHoldsNewestFirst() {
        List<Event> written = new ArrayList<>();
        for (int i = 1; i <= 25; i++) {
            written.add(append("gated", String.valueOf(i), "job"));
        }
        assertThat(churn().page(EventQuery.of(job -> true), OptionalLong.empty(), 3)
                        .events())
                .containsExactly(written.get(24), written.get(23), written.get(22));
        assertThat(all(EventQuery.of(job -> true), 10))
                .containsExactlyElementsOf(
                        Stream.iterate(25L, i -> i - 1).limit(25).toList());
    }

    @Test
    void aPageThatEndsWithTheOldestEventNamesNoOlderOne() {
        append("gated", "1", "job");
        append("gated", "2", "job");
        assertThat(churn().page(EventQuery.of(job -> true), OptionalLong.empty(), 2)
                        .older())
                .isEmpty();
    }

    /** More jobs than an index block distinguishes; the index is queried while it grows. */
    @Test
    void whatIsFoundIsWhatOneFindsWhoReadsAll() {
        Random random = new Random(7);
        List<Event> written = new ArrayList<>();
        for (int i = 1; i <= 5000; i++) {
            String type = i % 700 == 0 ? "promoted" : OTHERS.get(random.nextInt(OTHERS.size()));
            String version = String.valueOf(i < 4500 ? i / 5 : random.nextInt(9000));
            written.add(append(type, version, "job-" + (i < 3000 ? random.nextInt(50) : 50 + random.nextInt(50))));
            if (i % 900 == 0) {
                churn();
            }
        }
        EventQuery everything = EventQuery.of(job -> true);
        Instant from = written.get(2100).time();
        Instant until = written.get(2300).time();
        Map<EventQuery, Predicate<Event>> queries = Map.of(
                everything,
                event -> true,
                everything.types(Set.of(EventType.of("promoted"))),
                event -> type(event).equals("promoted"),
                everything.types(Set.of(EventType.GATED, EventType.APPROVED)),
                event -> Set.of("gated", "approved").contains(type(event)),
                EventQuery.of("job-64"::equals),
                event -> job(event).equals("job-64"),
                EventQuery.of("job-3"::equals).from(from),
                event -> job(event).equals("job-3") && !event.time().isBefore(from),
                everything.version("17"),
                event -> version(event).equals("17"),
                everything.version("899"),
                event -> version(event).equals("899"),
                everything.version("no such"),
                event -> false,
                everything.from(from).until(until),
                event -> !event.time().isBefore(from) && !event.time().isAfter(until),
                everything.until(until).types(Set.of(EventType.of("promoted"))),
                event -> !event.time().isAfter(until) && type(event).equals("promoted"));
        queries.forEach((query, matches) -> {
            List<Long> expected =
                    written.stream().filter(matches).map(Event::sequence).toList();
            List<Long> forward = new ArrayList<>();
            churn().each(query, event -> forward.add(event.sequence()));
            assertThat(forward).isEqualTo(expected);
            List<Long> backward = new ArrayList<>(all(query, 100));
            Collections.reverse(backward);
            assertThat(backward).isEqualTo(expected);
        });
    }

    private static String type(Event event) {
        return event.draft().type().text();
    }

    private static String job(Event event) {
        return event.draft().job().orElseThrow();
    }

    private static String version(Event event) {
        return event.draft().version().orElseThrow();
    }

    @Test
    void whatIsKnownOfManyEntriesTogetherIsFoundOutAgainIfItIsLost() throws IOException {
        for (int i = 1; i <= 2100; i++) {
            append("gated", String.valueOf(i), "job");
        }
        assertThat(all(EventQuery.of(job -> true).version("3"), 5)).containsExactly(3L);
        Path pieces = IndexFiles.of(directory.resolve("records"), directory.resolve("index"), record())
                .pieces();
        byte[] whole = Files.readAllBytes(pieces);
        assertThat(whole).hasSize(IndexBlock.BYTES);
        Files.delete(pieces);
        assertThat(all(EventQuery.of(job -> true).version("3"), 5)).containsExactly(3L);
        assertThat(pieces).hasBinaryContent(whole);
    }

    @Test
    void onlyEventsThatMatchAreFound() {
        append("registered", "1", "open");
        append("gated", "1", "open");
        append("registered", "2", "secret");
        append("gated", "2", "");
        append("gated", "1", "open");
        assertThat(all(EventQuery.of("open"::equals), 2)).containsExactly(5L, 2L, 1L);
        assertThat(all(EventQuery.of(""::equals), 2)).containsExactly(4L);
        assertThat(all(EventQuery.of(job -> true).version("1"), 2)).containsExactly(5L, 2L, 1L);
        assertThat(all(EventQuery.of(job -> true).version("1").types(Set.of(EventType.of("gated"))), 2))
                .containsExactly(5L, 2L);
        assertThat(all(EventQuery.of("nobody"::equals), 2)).isEmpty();
    }

    @Test
    void versionsOfOneHashAreToldApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        append("gated", "Aa", "job");
        append("gated", "BB", "job");
        assertThat(all(EventQuery.of(job -> true).version("Aa"), 2)).containsExactly(1L);
    }

    @Test
    void timesLimitWhatIsFound() {
        Event first = append("gated", "1", "job");
        Event second = append("gated", "2", "job");
        append("gated", "3", "job");
        assertThat(all(EventQuery.of(job -> true).until(second.time()), 5)).containsExactly(2L, 1L);
        EventQuery later = EventQuery.of(job -> true).from(first.time().plusMillis(1));
        assertThat(all(later, 5)).containsExactly(3L, 2L);
    }

    @Test
    void theNewestEventOfEachTopicIsKnownByJob() {
        append("promoted", "1", "open", Json.object().put("alias", "champion").put("to", "1"));
        append("promoted", "2", "secret", Json.object().put("alias", "champion").put("to", "2"));
        append("gated", "2", "open");
        assertThat(churn().newest(job -> true).get("alias champion").sequence()).isEqualTo(2);
        assertThat(churn().newest("open"::equals).get("alias champion").sequence())
                .isEqualTo(1);
        assertThat(churn().newest("secret"::equals)).containsOnlyKeys("alias champion");
    }

    @Test
    void whatWasAppendedSinceIsFoundWithAnotherIndexToo() {
        append("gated", "1", "job");
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(1L);
        new FileRecordStore(directory.resolve("records"), clock).append(FileRecordStoreTest.draft("gated", "2"));
        append("gated", "2", "job");
        index = new RecordIndex(directory.resolve("records"), directory.resolve("index"), clock);
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(2L, 1L);
    }

    @Test
    void onlyWhatIsNewIsReadAgain() throws IOException {
        append("gated", "1", "job");
        append("gated", "2", "job");
        churn();
        String text = Files.readString(record());
        // The same length: an index that read it again would find another type.
        Files.writeString(record(), text.replaceFirst("\"gated\"", "\"GATED\""));
        append("gated", "3", "job");
        assertThat(all(EventQuery.of(job -> true).types(Set.of(EventType.of("gated"))), 5))
                .containsExactly(3L, 2L, 1L);
    }

    @Test
    void aRecordThatWasPutBackFromABackupIsReadAnew() throws IOException {
        append("gated", "1", "job");
        byte[] backup = Files.readAllBytes(record());
        append("gated", "2", "job");
        churn();
        Files.write(record(), backup);
        Files.deleteIfExists(ChainHead.file(record()));
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(1L);
        append("promoted", "9", "job");
        append("promoted", "9", "job");
        assertThat(all(EventQuery.of(job -> true).types(Set.of(EventType.of("promoted"))), 5))
                .containsExactly(3L, 2L);
    }

    @Test
    void anotherRecordInItsPlaceIsReadAnewEvenIfItsLinesAreAsLong() throws IOException {
        append("gated", "1", "job");
        append("gated", "2", "job");
        churn();
        Files.delete(record());
        Files.delete(ChainHead.file(record()));
        append("gated", "7", "job");
        append("gated", "8", "job");
        append("gated", "9", "job");
        assertThat(all(EventQuery.all().version("7"), 5)).containsExactly(1L);
        assertThat(all(EventQuery.all().version("1"), 5)).isEmpty();
    }

    @Test
    void aMoveIsUnfinishedUntilItsOutcomeHereToo() {
        ObjectNode move = Json.object().put("alias", "champion").put("to", "1");
        append("alias-move-started", "1", "job", move);
        assertThat(churn().state(job -> true).unfinishedMoves()).hasSize(1);
        append("promoted", "1", "job", move);
        ModelState state = churn().state(job -> true);
        assertThat(state.unfinishedMoves()).isEmpty();
        assertThat(state.alias("champion").orElseThrow().isAt("1")).isTrue();
    }

    @Test
    void aLostOrForeignIndexIsMadeAgain() throws IOException {
        append("gated", "1", "job");
        churn();
        Path file =
                directory.resolve("index").resolve(directory.resolve("records").relativize(record()));
        Files.writeString(file.resolveSibling(file.getFileName() + ".state"), "{\"format\":99}");
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(1L);
        Files.writeString(file.resolveSibling(file.getFileName() + ".state"), "no JSON");
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(1L);
        Files.delete(file.resolveSibling(file.getFileName() + ".entries"));
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(1L);
    }

    @Test
    void anIndexOfWhichAPowerCutLeftNothingButItsLengthIsMadeAgain() throws IOException {
        append("gated", "1", "job");
        append("gated", "2", "job");
        churn();
        Path file =
                directory.resolve("index").resolve(directory.resolve("records").relativize(record()));
        Path entries = file.resolveSibling(file.getFileName() + ".entries");
        byte[] whole = Files.readAllBytes(entries);
        for (int lost = 0; lost < 2; lost++) {
            byte[] torn = whole.clone();
            Arrays.fill(torn, lost * IndexEntry.BYTES, (lost + 1) * IndexEntry.BYTES, (byte) 0);
            Files.write(entries, torn);
            assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(2L, 1L);
            assertThat(entries).hasBinaryContent(whole);
        }
        Files.write(file.resolveSibling(file.getFileName() + ".state"), new byte[0]);
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(2L, 1L);
    }

    /** The members of an entry as {@link IndexEntry} writes them, each with a value that it cannot have. */
    @ParameterizedTest
    @CsvSource({"0,1", "8,-1", "8,7", "20,-1", "20,1", "24,-1", "24,1"})
    void anIndexWithAnEntryThatCannotBeIsMadeAgain(int position, int value) throws IOException {
        append("gated", "1", "job");
        append("gated", "2", "job");
        churn();
        Path entries = IndexFiles.of(directory.resolve("records"), directory.resolve("index"), record())
                .entries();
        byte[] whole = Files.readAllBytes(entries);
        for (int entry = 0; entry < 2; entry++) {
            byte[] damaged = whole.clone();
            ByteBuffer.wrap(damaged).putInt(entry * IndexEntry.BYTES + position, value);
            Files.write(entries, damaged);
            assertThat(all(EventQuery.all(), 5)).containsExactly(2L, 1L);
            assertThat(entries).hasBinaryContent(whole);
        }
    }

    @Test
    void aRecordThatVanishesWhileItIsReadIsAnError() throws IOException {
        append("gated", "1", "job");
        IndexedRecord open = churn();
        Files.delete(record());
        List<ThrowingCallable> readings = List.of(
                () -> open.page(EventQuery.all(), OptionalLong.empty(), 5),
                () -> open.each(EventQuery.all(), event -> {}),
                () -> open.state(job -> true));
        for (ThrowingCallable reading : readings) {
            assertThatThrownBy(reading)
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCAL_IO))
                    .hasMessageContaining(record().toString());
        }
    }

    @Test
    void aDamagedLineIsAnEventThatNoJobWrote() throws IOException {
        append("gated", "1", "job");
        append("gated", "2", "job");
        List<String> lines = new ArrayList<>(Files.readAllLines(record()));
        lines.set(0, "not an event");
        Files.write(record(), lines);
        List<Event> events = churn().page(EventQuery.of(job -> true), OptionalLong.empty(), 5)
                .events();
        assertThat(events).extracting(event -> event.draft().type().text()).containsExactly("gated", "damaged");
        assertThat(events.get(1).draft().details().path("reason").asText()).contains("not valid JSON");
        assertThat(events.get(1).draft().details().path("line").asInt()).isEqualTo(1);
        assertThat(all(EventQuery.of("job"::equals), 5)).containsExactly(2L);
    }

    @Test
    void aTornLineIsLeftOutUntilItIsWhole() throws IOException {
        append("gated", "1", "job");
        Files.writeString(record(), "{\"sequence\":2", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(1L);
        append("gated", "2", "job");
        assertThat(all(EventQuery.of(job -> true), 5)).containsExactly(2L, 1L);
    }

    @Test
    void whatAJobWroteBeforeItMayBeSeenIsSeenNowhere() {
        append("registered", "1", "old");
        Event hidden = append("promoted", "1", "made anew", Json.object().put("alias", "champion"));
        Event shown = append("gated", "2", "made anew");
        JobFilter jobs = since(hidden.time().plusMillis(1));
        assertThat(all(EventQuery.of(jobs), 10)).containsExactly(shown.sequence());
        assertThat(churn().newest(jobs)).containsOnlyKeys(StateKeys.GATED);
        assertThat(churn().newest(job -> true)).containsKey(StateKeys.ALIAS + "champion");
        RecordSummary row = index.row("main", "churn").orElseThrow();
        assertThat(row.newest(jobs)).contains(shown.time());
        assertThat(row.newest(since(shown.time()))).contains(shown.time());
        assertThat(row.newest(since(shown.time().plusMillis(1)))).isEmpty();
        assertThat(all(EventQuery.of(since(shown.time())), 10)).containsExactly(shown.sequence());
        assertThat(all(EventQuery.of(since(shown.time().plusMillis(1))), 10)).isEmpty();
        append("gated", "3", "old");
        assertThat(index.row("main", "churn").orElseThrow().newest(jobs)).contains(shown.time());
    }

    private static JobFilter since(Instant time) {
        return new JobFilter() {
            @Override
            public boolean test(String job) {
                return job.equals("made anew");
            }

            @Override
            public Instant since(String job) {
                return time;
            }
        };
    }
}
