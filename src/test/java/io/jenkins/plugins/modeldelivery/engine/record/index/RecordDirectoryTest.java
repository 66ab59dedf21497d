package io.jenkins.plugins.modeldelivery.engine.record.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** All records, as an index lists them. */
class RecordDirectoryTest extends RecordIndexFixture {
    @Test
    void allRecordsAreListedByModel() {
        append("gated", "1", "b");
        append("gated", "2", "a");
        append("gated", "3", "");
        store.append(new EventDraft(
                EventType.of("registered"),
                "other",
                "Änderung <1>",
                Optional.empty(),
                "ann",
                Optional.empty(),
                Optional.of("b"),
                Optional.empty(),
                Optional.empty(),
                Json.object()));
        assertThat(index.rows()).extracting(RecordSummary::model).containsExactly("churn", "Änderung <1>");
        assertThat(index.rows().iterator().next().newest()).containsOnlyKeys("b", "a", "");
        Event last = append("gated", "4", "c");
        assertThat(index.rows().iterator().next().newest()).containsOnlyKeys("b", "a", "", "c");
        assertThat(index.rows().iterator().next().newest(job -> true)).contains(last.time());
    }

    private void append(String model, String job) {
        store.append(new EventDraft(
                EventType.of("registered"),
                "main",
                model,
                Optional.of(new VersionIdentity("1", "created " + "1", Optional.empty())),
                "ann",
                Optional.empty(),
                Optional.of(job),
                Optional.empty(),
                Optional.empty(),
                Json.object()));
    }

    private List<String> models(RowOrder order) {
        return index.rows(order).stream().map(RecordSummary::model).toList();
    }

    @Test
    void recordsAreListedInEachOrderAndCounted() throws IOException {
        assertThat(index.count()).isZero();
        List.of("beta", "Alpha", "gamma", "alphabet").forEach(model -> append(model, "train"));
        assertThat(models(RowOrder.NAME)).containsExactly("Alpha", "alphabet", "beta", "gamma");
        assertThat(models(RowOrder.NAME_DOWN)).containsExactly("gamma", "beta", "alphabet", "Alpha");
        assertThat(models(RowOrder.NEWEST)).containsExactly("alphabet", "gamma", "Alpha", "beta");
        append("beta", "release");
        assertThat(models(RowOrder.NEWEST)).containsExactly("beta", "alphabet", "gamma", "Alpha");
        assertThat(models(RowOrder.OLDEST)).containsExactly("Alpha", "gamma", "alphabet", "beta");
        assertThat(index.count()).isEqualTo(4);
        assertThat(index.jobs()).containsExactlyInAnyOrder("train", "release");
        Files.delete(FileRecordStore.file(directory.resolve("records"), "main", "beta"));
        clock.now = clock.now.plusSeconds(60);
        assertThat(models(RowOrder.NEWEST)).containsExactly("alphabet", "gamma", "Alpha");
        assertThat(index.count()).isEqualTo(3);
        assertThat(index.jobs()).containsExactly("train");
    }

    @Test
    void aRecordOfWhichNotEvenTheFirstEventWasWrittenWholeIsNotListed() throws IOException {
        Files.createDirectories(record().getParent());
        Files.writeString(record(), "{\"sequence\":1");
        assertThat(index.rows(RowOrder.NEWEST)).isEmpty();
        assertThat(index.count()).isZero();
    }

    @Test
    void aRecordThatVanishesAfterAnAppendIsNotListed() throws IOException {
        append("gated", "1", "b");
        assertThat(index.rows()).hasSize(1);
        append("gated", "2", "b");
        Files.delete(record());
        assertThat(index.rows()).isEmpty();
    }

    @Test
    void aRecordOfWhichAnAppendLeftNoWholeLineIsNotListed() throws IOException {
        append("gated", "1", "b");
        assertThat(index.rows()).hasSize(1);
        append("gated", "2", "b");
        Files.writeString(record(), "{\"sequence\":1");
        assertThat(index.rows()).isEmpty();
    }

    @Test
    void whatAnotherProcessAppendsIsListedBeforeLong() {
        append("gated", "1", "b");
        assertThat(index.rows()).hasSize(1);
        new FileRecordStore(directory.resolve("records"), clock)
                .append(new EventDraft(
                        EventType.of("registered"),
                        "main",
                        "other",
                        Optional.empty(),
                        "ann",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Json.object()));
        assertThat(index.rows())
                .as("the directory is not looked through each time")
                .hasSize(1);
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        assertThat(index.rows()).extracting(RecordSummary::model).containsExactly("churn", "other");
    }

    @Test
    void threadsDoNotKeepEachOtherOut() throws Exception {
        append("gated", "1", "train");
        assertThat(index.rows()).hasSize(1);
        assertThat(CompletableFuture.supplyAsync(index::rows).get(10, TimeUnit.SECONDS))
                .hasSize(1);
        assertThat(index.knownRowsOf("train")).hasSize(1);
        append("gated", "2", "other");
        assertThat(CompletableFuture.supplyAsync(() -> index.knownRowsOf("other"))
                        .get(10, TimeUnit.SECONDS))
                .hasSize(1);
    }

    @Test
    void oneRecordIsFoundAmongAll() {
        append("gated", "1", "b");
        assertThat(index.row("main", "churn").orElseThrow().model()).isEqualTo("churn");
        assertThat(index.row("other", "churn")).isEmpty();
        assertThat(index.row("main", "chur")).isEmpty();
    }

    @Test
    void aRecordWhoseFirstLineIsDamagedIsListedUnderItsModel() throws IOException {
        append("gated", "1", "b");
        append("gated", "2", "b");
        String line = Files.readString(record());
        Files.writeString(record(), "x" + line.substring(1));
        assertThat(index.rows()).extracting(RecordSummary::model).containsExactly("churn");
    }

    @Test
    void theRecordsOfAJobAreFoundWithoutAskingTheOthers() {
        append("gated", "1", "train");
        append("promoted", "1", "release");
        assertThat(index.rowsOf("train")).extracting(RecordSummary::model).containsExactly("churn");
        assertThat(index.rowsOf("release")).hasSize(1);
        assertThat(index.rowsOf("other")).isEmpty();
        append("gated", "1", "other");
        assertThat(index.rowsOf("other")).hasSize(1);
    }

    @Test
    void whatIsKnownWithoutReadingIsNothingUntilTheRecordsAreReadAndCurrentFromThenOn() {
        append("gated", "1", "train");
        RecordIndex fresh = new RecordIndex(directory.resolve("records"), directory.resolve("index"), clock);
        RecordStore its = new FileRecordStore(directory.resolve("records"), clock, fresh);
        assertThat(fresh.knownRowsOf("train")).isEmpty();
        fresh.rows();
        assertThat(fresh.knownRowsOf("train")).hasSize(1);
        assertThat(fresh.knownRowsOf("other")).isEmpty();
        store = its;
        append("gated", "2", "other");
        assertThat(fresh.knownRowsOf("other")).hasSize(1);
    }

    @Test
    void aRecordThatIsPutBackFromABackupIsNoLongerFoundByTheJobsThatItHasNot() throws IOException {
        append("gated", "1", "train");
        byte[] backup = Files.readAllBytes(record());
        append("gated", "2", "other");
        assertThat(index.rowsOf("other")).hasSize(1);
        Files.write(record(), backup);
        clock.now = clock.now.plusSeconds(60);
        assertThat(index.rowsOf("other")).isEmpty();
        assertThat(index.rowsOf("train")).hasSize(1);
        Files.delete(record());
        clock.now = clock.now.plusSeconds(60);
        assertThat(index.rowsOf("train")).isEmpty();
        assertThat(index.rows()).isEmpty();
    }
}
