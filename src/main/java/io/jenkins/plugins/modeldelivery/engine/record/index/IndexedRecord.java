package io.jenkins.plugins.modeldelivery.engine.record.index;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventPage;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import io.jenkins.plugins.modeldelivery.engine.record.StateKeys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A record as it was when it was opened. Reads from the disk what is asked for and no more. A line that is no event is an
 * event of the type {@code damaged} here, which no job wrote. Throws {@link DeliveryException} with LOCAL_IO.
 */
public final class IndexedRecord {
    private final IndexFiles files;
    private final IndexState state;

    IndexedRecord(IndexFiles files, IndexState state) {
        this.files = files;
        this.state = state;
    }

    public RecordSummary row() {
        return state.row();
    }

    /** Whether a line of the record is no event. */
    public boolean isDamaged() {
        return state.types().contains(EventType.DAMAGED.text());
    }

    /** What the events of these jobs say of the model now. */
    public ModelState state(JobFilter jobs) {
        return ModelState.of(newest(jobs).values());
    }

    /** The newest event of each of the {@link StateKeys}, among those of the given jobs. */
    Map<String, Event> newest(JobFilter jobs) {
        EntryFilter filter = new EntryFilter(EventQuery.of(jobs), state);
        Map<String, Event> newest = new TreeMap<>();
        try (OpenIndex index = new OpenIndex(files, state)) {
            for (Map.Entry<String, Map<Integer, Long>> key : state.newest().entrySet()) {
                List<Long> sequences = new ArrayList<>(key.getValue().values());
                sequences.sort(Comparator.reverseOrder());
                for (long sequence : sequences) {
                    IndexEntry entry = index.entry(sequence);
                    if (filter.mayMatch(entry)) {
                        newest.put(key.getKey(), index.event(sequence, entry));
                        break;
                    }
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return newest;
    }

    /**
     * Newest first.
     *
     * @param before the page begins with the newest event before this one; empty for the newest of all
     * @param limit events, at least 1
     */
    public EventPage page(EventQuery query, OptionalLong before, int limit) {
        List<Event> found = new ArrayList<>();
        long last = Math.min(before.orElse(Long.MAX_VALUE), state.events() + 1) - 1;
        EntryFilter filter = new EntryFilter(query, state);
        if (filter.isEmpty() || last < 1) {
            return new EventPage(found, OptionalLong.empty());
        }
        try (OpenIndex index = new OpenIndex(files, state)) {
            for (long piece = (last - 1) / IndexBlock.ENTRIES; piece >= 0; piece--) {
                long first = piece * IndexBlock.ENTRIES + 1;
                List<IndexEntry> entries = index.piece(piece, last, filter);
                for (int i = entries.size() - 1; i >= 0; i--) {
                    if (filter.mayMatch(entries.get(i))) {
                        Event event = index.event(first + i, entries.get(i));
                        if (query.matchesVersion(event)) {
                            if (found.size() == limit) {
                                return new EventPage(found, OptionalLong.of(first + i + 1));
                            }
                            found.add(event);
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return new EventPage(found, OptionalLong.empty());
    }

    /** Hands on event by event, oldest first, with no more memory than one needs. */
    public void each(EventQuery query, Consumer<Event> sink) {
        EntryFilter filter = new EntryFilter(query, state);
        if (filter.isEmpty()) {
            return;
        }
        try (OpenIndex index = new OpenIndex(files, state)) {
            for (long piece = 0; piece * IndexBlock.ENTRIES < state.events(); piece++) {
                long sequence = piece * IndexBlock.ENTRIES + 1;
                for (IndexEntry entry : index.piece(piece, state.events(), filter)) {
                    if (filter.mayMatch(entry)) {
                        Event event = index.event(sequence, entry);
                        if (query.matchesVersion(event)) {
                            sink.accept(event);
                        }
                    }
                    sequence++;
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private DeliveryException failed(IOException e) {
        return ErrorKind.LOCAL_IO.error("Cannot read the record " + files.record() + ": " + e, e);
    }
}
