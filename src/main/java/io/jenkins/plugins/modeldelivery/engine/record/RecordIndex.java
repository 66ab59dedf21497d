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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells of records without reading all of them. What it keeps in its directory is made from the records, is brought up to
 * date when it is asked, and may be deleted at any time. Safe for several threads and processes at once. Throws
 * {@link DeliveryException} with LOCAL_IO.
 */
public final class RecordIndex {
    private final Path records;
    private final Path directory;
    private final RecordCatalogue catalogue;

    /** The names of all jobs that are known to have written. */
    private final Set<String> writers = ConcurrentHashMap.newKeySet();

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
    public List<RecordRow> rows() {
        return catalogue.rows();
    }

    /** As in {@link #rows}; for a model that has no record it takes as long as for one that has. */
    public Optional<RecordRow> row(String registry, String model) {
        return catalogue.row(registry, model);
    }

    /** Of {@link #rows}, those of which the job has written an event. */
    public List<RecordRow> rowsOf(String job) {
        return catalogue.rowsOf(job);
    }

    /**
     * Whether the job has written an event, as far as is known without a look at the disk: since this process began, or into
     * a record that it has opened. All are known after {@link #rows}.
     */
    public boolean hasWritten(String job) {
        return writers.contains(job);
    }

    /** Tells that a record has grown. */
    void appended(Path record, EventDraft by) {
        by.job().ifPresent(writers::add);
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
            writers.addAll(state.jobs());
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
            try (FileChannel channel = FileChannel.open(record, StandardOpenOption.READ)) {
                return state.hash().equals(ChainLine.hashBefore(channel, state.size()));
            }
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot read the record " + record + ": " + e, e);
        }
    }
}
