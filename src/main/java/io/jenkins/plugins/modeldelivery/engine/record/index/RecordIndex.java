package io.jenkins.plugins.modeldelivery.engine.record.index;

import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.ChainLine;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of records without reading all of them. What it keeps in its directory is made from the records, is brought up to
 * date when it is asked, and may be deleted at any time. Safe for several threads and processes at once. Throws
 * {@link DeliveryException} with LOCAL_IO.
 */
public final class RecordIndex {
    private final Path records;
    private final Path directory;
    private final RecordDirectory catalogue;

    /**
     * @param records of a {@link RecordStore}
     * @param directory for the index only
     */
    public RecordIndex(Path records, Path directory, Clock clock) {
        this.records = records;
        this.directory = directory;
        this.catalogue = new RecordDirectory(records, clock, this::row);
    }

    /** The record of a model as it is now; empty if the model has none. */
    public Optional<IndexedRecord> open(String registry, String model) {
        return at(FileRecordStore.file(records, registry, model));
    }

    /** All records, in the order of {@link RowOrder#NAME}. One that was appended to by this process is as it is now. */
    public Collection<RecordSummary> rows() {
        return rows(RowOrder.NAME);
    }

    /** As {@link #rows()}. To ask it for its size takes the longer the more there are, see {@link #count}. */
    public Collection<RecordSummary> rows(RowOrder order) {
        return catalogue.content().rows(order);
    }

    public int count() {
        return catalogue.content().count();
    }

    /** The full names of all jobs that have written an event; {@code ""} among them if events were written by none. */
    public Set<String> jobs() {
        return catalogue.content().jobs();
    }

    /** As in {@link #rows}; for a model that has no record it takes as long as for one that has. */
    public Optional<RecordSummary> row(String registry, String model) {
        return catalogue.content().row(registry, model);
    }

    /** Of {@link #rows}, those of which the job has written an event. */
    public Collection<RecordSummary> rowsOf(String job) {
        return catalogue.content().rowsOf(job);
    }

    /** As {@link #rowsOf}, but none, at once, as long as {@link #rows} was never asked for since this process began. */
    public Collection<RecordSummary> knownRowsOf(String job) {
        return catalogue.known().map(content -> content.rowsOf(job)).orElse(List.of());
    }

    /** Empty also for a record of which not even the first event was written whole. */
    private Optional<RecordSummary> row(Path record) {
        return at(record).map(IndexedRecord::row).filter(row -> !row.newest().isEmpty());
    }

    public void appended(Path record) {
        catalogue.changed(record);
    }

    private Optional<IndexedRecord> at(Path record) {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        IndexFiles files = IndexFiles.of(records, directory, record);
        try {
            IndexState state = IndexState.read(files.state()).orElseGet(IndexState::new);
            if (state.size() != Files.size(record) || !fits(state, files)) {
                Files.createDirectories(files.state().getParent());
                try (FileLocks.Held held = FileLocks.exclusive(files.lock())) {
                    state = IndexState.read(files.state())
                            .filter(found -> fits(found, files))
                            .orElseGet(IndexState::new);
                    if (new IndexUpdate(files).bring(state)) {
                        state.write(files.state());
                    }
                }
            }
            return Optional.of(new IndexedRecord(files, state));
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot index the record " + record + ": " + e, e);
        }
    }

    /** Whether the record still goes on from where the index left it, and nothing of the index is lost. */
    private static boolean fits(IndexState state, IndexFiles files) {
        try {
            return state.events() == 0 || isThere(state, files) && goesOn(state, files.record());
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot read the record " + files.record() + ": " + e, e);
        }
    }

    private static boolean isThere(IndexState state, IndexFiles files) throws IOException {
        return holds(files.entries(), state.events() * IndexEntry.BYTES)
                && holds(files.pieces(), IndexBlock.count(state) * IndexBlock.BYTES)
                && (!state.isSmall() || state.isWhole(files));
    }

    private static boolean holds(Path file, long bytes) throws IOException {
        return bytes == 0 || Files.exists(file) && Files.size(file) >= bytes;
    }

    private static boolean goesOn(IndexState state, Path record) throws IOException {
        if (Files.size(record) < state.size()) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(record, StandardOpenOption.READ)) {
            return state.hash().equals(ChainLine.hashBefore(channel, state.size()));
        }
    }
}
