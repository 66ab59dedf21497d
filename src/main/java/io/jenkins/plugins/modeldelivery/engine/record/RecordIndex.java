package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Tells of records without reading all of them. What it keeps in its directory is made from the records, is brought up to
 * date when it is asked, and may be deleted at any time. Safe for several threads and processes at once. Throws
 * {@link DeliveryException} with LOCAL_IO.
 */
public final class RecordIndex {
    private final Path records;
    private final Path directory;
    private final RecordCatalogue catalogue;

    /**
     * @param records of a {@link RecordStore}
     * @param directory for the index only
     */
    public RecordIndex(Path records, Path directory, Clock clock) {
        this.records = records;
        this.directory = directory;
        this.catalogue = new RecordCatalogue(records, clock, path -> at(path).map(IndexedRecord::row));
    }

    /** The record of a model as it is now; empty if the model has none. */
    public Optional<IndexedRecord> open(String registry, String model) {
        return at(RecordFiles.of(records, registry, model));
    }

    /** All records, sorted by model, then registry. A record that was appended to by this process is as it is now. */
    public Collection<RecordRow> rows() {
        return catalogue.content().rows();
    }

    /** As in {@link #rows}; for a model that has no record it takes as long as for one that has. */
    public Optional<RecordRow> row(String registry, String model) {
        return catalogue.content().row(registry, model);
    }

    /** Of {@link #rows}, those of which the job has written an event. */
    public Collection<RecordRow> rowsOf(String job) {
        return catalogue.content().rowsOf(job);
    }

    /** As {@link #rowsOf}, but none, at once, as long as {@link #rows} was never asked for since this process began. */
    public Collection<RecordRow> knownRowsOf(String job) {
        return catalogue.known().map(content -> content.rowsOf(job)).orElse(List.of());
    }

    /** Tells that a record has grown. */
    void appended(Path record) {
        catalogue.changed(record);
    }

    private Optional<IndexedRecord> at(Path record) {
        if (!Files.exists(record)) {
            return Optional.empty();
        }
        Path base = directory.resolve(records.relativize(record));
        Path states = base.resolveSibling(base.getFileName() + ".state");
        Path entries = base.resolveSibling(base.getFileName() + ".entries");
        try {
            IndexState state = IndexState.read(states).orElseGet(IndexState::new);
            if (state.size() != Files.size(record) || !fits(state, record, entries)) {
                Files.createDirectories(base.getParent());
                Path lock = base.resolveSibling(base.getFileName() + ".lock");
                try (FileLocks.Held held = FileLocks.exclusive(lock)) {
                    state = IndexState.read(states)
                            .filter(found -> fits(found, record, entries))
                            .orElseGet(IndexState::new);
                    if (new IndexUpdate(record, entries).bring(state)) {
                        state.write(states);
                    }
                }
            }
            return Optional.of(new IndexedRecord(record, entries, state));
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot index the record " + record + ": " + e, e);
        }
    }

    /** Whether the record still goes on from where the index left it, and nothing of the index is lost. */
    private static boolean fits(IndexState state, Path record, Path entries) {
        try {
            if (state.events() == 0) {
                return true;
            }
            if (Files.size(record) < state.size()
                    || !Files.exists(entries)
                    || Files.size(entries) < state.events() * IndexEntry.BYTES) {
                return false;
            }
            if (SmallIndex.is(state) && !SmallIndex.isWhole(state, entries)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(record, StandardOpenOption.READ)) {
                return state.hash().equals(ChainLine.hashBefore(channel, state.size()));
            }
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot read the record " + record + ": " + e, e);
        }
    }
}
