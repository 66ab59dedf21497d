package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A record as it was when it was opened. Reads from the disk what is asked for and no more. A line that is no event is an
 * event of the type {@code damaged} here, which no job wrote. Throws {@link DeliveryException} with LOCAL_IO.
 */
public final class IndexedRecord {
    /** Entries that are read at once. */
    private static final int PIECE = 2048;

    private final Path record;
    private final Path entries;
    private final IndexState state;

    IndexedRecord(Path record, Path entries, IndexState state) {
        this.record = record;
        this.entries = entries;
        this.state = state;
    }

    public RecordRow row() {
        return state.row();
    }

    /** The newest event of each topic, see {@link Topics}, among those of the given jobs. */
    public Map<String, Event> newest(VisibleJobs jobs) {
        Selection selection = new Selection(EventQuery.of(jobs));
        Map<String, Event> newest = new TreeMap<>();
        try (Open files = new Open()) {
            for (Map.Entry<String, Map<Integer, Long>> topic : state.newest().entrySet()) {
                List<Long> sequences = new ArrayList<>(topic.getValue().values());
                sequences.sort(Comparator.reverseOrder());
                for (long sequence : sequences) {
                    IndexEntry entry = files.entries(sequence, sequence).get(0);
                    if (selection.mayTake(entry)) {
                        newest.put(topic.getKey(), files.event(sequence, entry));
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
        long end = Math.min(before.orElse(Long.MAX_VALUE), state.events() + 1);
        Selection selection = new Selection(query);
        if (selection.isEmpty()) {
            return new EventPage(found, OptionalLong.empty());
        }
        try (Open files = new Open()) {
            for (long last = end - 1; last > 0; last -= PIECE) {
                long first = Math.max(1, last - PIECE + 1);
                List<IndexEntry> piece = files.entries(first, last);
                for (int i = piece.size() - 1; i >= 0; i--) {
                    if (selection.mayTake(piece.get(i))) {
                        Event event = files.event(first + i, piece.get(i));
                        if (query.matches(event)) {
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
        Selection selection = new Selection(query);
        if (selection.isEmpty()) {
            return;
        }
        try (Open files = new Open()) {
            for (long first = 1; first <= state.events(); first += PIECE) {
                long number = first;
                for (IndexEntry entry : files.entries(first, Math.min(first + PIECE - 1, state.events()))) {
                    if (selection.mayTake(entry)) {
                        Event event = files.event(number, entry);
                        if (query.matches(event)) {
                            sink.accept(event);
                        }
                    }
                    number++;
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private DeliveryException failed(IOException e) {
        return new DeliveryException(Problem.LOCAL_IO, "Cannot read the record " + record + ": " + e, e);
    }

    private static boolean[] chosen(List<String> names, Predicate<String> wanted) {
        boolean[] chosen = new boolean[names.size()];
        for (int i = 0; i < chosen.length; i++) {
            chosen[i] = wanted.test(names.get(i));
        }
        return chosen;
    }

    /** What of a query an entry of the index can tell. */
    private final class Selection {
        private final EventQuery query;
        private final boolean[] jobs;
        private final boolean[] types;
        private final long[] since;
        private final Set<Integer> versions;
        private final long from;
        private final long until;

        Selection(EventQuery query) {
            this.query = query;
            this.jobs = chosen(state.jobs(), query.jobs()::test);
            this.since = state.jobs().stream()
                    .mapToLong(job -> millis(query.jobs().since(job)))
                    .toArray();
            this.versions = query.versions().stream()
                    .map(version -> IndexState.version(Optional.of(version)))
                    .collect(Collectors.toSet());
            this.types = chosen(
                    state.types(),
                    type -> query.types().isEmpty() || query.types().contains(type));
            this.from = query.from().map(time -> time.toEpochMilli()).orElse(Long.MIN_VALUE);
            this.until = query.until().map(time -> time.toEpochMilli()).orElse(Long.MAX_VALUE);
        }

        private static long millis(Instant time) {
            return time.equals(Instant.MIN) ? Long.MIN_VALUE : time.toEpochMilli();
        }

        /** Whether it is known without a look at the entries that there is nothing. */
        boolean isEmpty() {
            return none(jobs) || none(types);
        }

        private static boolean none(boolean[] chosen) {
            for (boolean one : chosen) {
                if (one) {
                    return false;
                }
            }
            return true;
        }

        boolean mayTake(IndexEntry entry) {
            return jobs[entry.job()]
                    && types[entry.type()]
                    && entry.time() >= since[entry.job()]
                    && entry.time() >= from
                    && entry.time() <= until
                    && (versions.isEmpty() || versions.contains(entry.version()));
        }
    }

    /** Both files while they are read. */
    private final class Open implements AutoCloseable {
        private final FileChannel lines = FileChannel.open(record, StandardOpenOption.READ);
        private final FileChannel index;

        Open() throws IOException {
            try {
                index = FileChannel.open(entries, StandardOpenOption.READ);
            } catch (IOException | RuntimeException e) {
                lines.close();
                throw e;
            }
        }

        /** @param first of them, from 1; both are included */
        List<IndexEntry> entries(long first, long last) throws IOException {
            int count = (int) (last - first + 1);
            ByteBuffer buffer = read(index, (first - 1) * IndexEntry.BYTES, count * IndexEntry.BYTES);
            List<IndexEntry> read = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                read.add(IndexEntry.read(buffer));
            }
            return read;
        }

        Event event(long number, IndexEntry entry) throws IOException {
            byte[] line = read(lines, entry.offset(), entry.length()).array();
            return IndexUpdate.event(line, 0, line.length, number);
        }

        private ByteBuffer read(FileChannel from, long position, int length) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(length);
            while (buffer.hasRemaining()) {
                if (from.read(buffer, position + buffer.position()) < 0) {
                    throw new IOException("it shrank while it was read");
                }
            }
            return buffer.flip();
        }

        @Override
        public void close() throws IOException {
            try (FileChannel both = index) {
                lines.close();
            }
        }
    }
}
