package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.FileNames;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.record.index.RecordIndex;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The records of all models: one file a model, append-only, one event a line, each chained to the one before. Safe for
 * several threads and processes at once. Throws {@link DeliveryException} with LOCAL_IO or CORRUPT.
 */
public final class FileRecordStore implements RecordStore {
    public static final String ENDING = ".jsonl";

    /** No registry's directory is called so, since their names are encoded. */
    private static final String INDEX = ".index";

    private final Path directory;
    private final Clock clock;
    private final RecordIndex index;

    /** Keeps its index in the directory of the records. */
    public FileRecordStore(Path directory, Clock clock) {
        this(directory, clock, new RecordIndex(directory, directory.resolve(INDEX), clock));
    }

    /** @param index of this directory; learns what grows */
    public FileRecordStore(Path directory, Clock clock, RecordIndex index) {
        this.directory = directory;
        this.clock = clock;
        this.index = index;
    }

    public static Path file(Path directory, String registry, String model) {
        return directory.resolve(FileNames.encode(registry)).resolve(FileNames.encode(model) + ENDING);
    }

    @Override
    public Event append(EventDraft draft) {
        return locked(draft, (file, tail) -> write(file, tail, draft));
    }

    @Override
    public Event appendOnce(EventDraft draft, Predicate<EventDraft> same) {
        return locked(draft, (file, tail) -> {
            Optional<Event> present = find(draft, same);
            return present.isPresent() ? present.get() : write(file, tail, draft);
        });
    }

    @Override
    public Optional<Event> appendIf(EventDraft draft, BooleanSupplier condition) {
        return locked(
                draft,
                (file, tail) -> condition.getAsBoolean() ? Optional.of(write(file, tail, draft)) : Optional.empty());
    }

    private interface Locked<T> {
        T with(RecordFile file, RecordFile.Tail tail) throws IOException;
    }

    private <T> T locked(EventDraft draft, Locked<T> action) {
        Path path = file(directory, draft.registry(), draft.model());
        try (RecordFile file = RecordFile.lock(path)) {
            return action.with(file, file.repair(clock));
        } catch (IOException e) {
            boolean corrupt = e instanceof CorruptRecordException;
            throw new DeliveryException(
                    corrupt ? ErrorKind.CORRUPT : ErrorKind.LOCAL_IO,
                    "Cannot append to the record " + path + ": " + (corrupt ? e.getMessage() : e)
                            + ". Nothing was done after it.",
                    e);
        }
    }

    private Event write(RecordFile file, RecordFile.Tail tail, EventDraft draft) throws IOException {
        long sequence = tail.sequence() + 1;
        Instant time = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        String line = ChainLine.seal(Json.text(Event.content(sequence, time, draft, tail.hash())));
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= RecordLines.MAX) {
            throw ErrorKind.INVALID_INPUT.error(
                    "An event of " + bytes.length + " bytes is too large for the record, which takes " + RecordLines.MAX
                            + ". Nothing was done after it.");
        }
        requireReadable(bytes);
        String hash = ChainLine.statedHash(bytes, 0, bytes.length);
        file.append(line, new ChainHead(sequence, hash));
        index.appended(file.path());
        return new Event(sequence, time, draft, tail.hash(), hash);
    }

    /**
     * Hands on all events of a model, oldest first, with no more memory than one needs; none if it has no record. A torn last
     * line is left out.
     */
    @Override
    public void each(String registry, String model, Consumer<Event> sink) {
        Path path = file(directory, registry, model);
        if (!Files.exists(path)) {
            return;
        }
        AtomicInteger lines = new AtomicInteger();
        try (InputStream in = Files.newInputStream(path)) {
            RecordLines.End end = RecordLines.read(in, (buffer, from, to) -> {
                sink.accept(event(path, lines.incrementAndGet(), buffer, from, to));
                return true;
            });
            if (end == RecordLines.End.TOO_LONG) {
                throw damaged(path, lines.get() + 1, "it is too long", null);
            }
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot read the record " + path + ": " + e, e);
        }
    }

    /** A line that cannot be read back would make the whole record unreadable for good. */
    private static void requireReadable(byte[] line) {
        try {
            parse(line, 0, line.length);
        } catch (IllegalArgumentException e) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The event cannot be recorded, since it could not be read again ("
                            + TextSanitizer.brief(e.getMessage(), 200) + "). Nothing was done after it.",
                    e);
        }
    }

    /** Reads what the index says may match. */
    @Override
    public void each(String registry, String model, EventQuery query, Consumer<Event> sink) {
        whole(registry, model).ifPresent(record -> record.each(query, sink));
    }

    @Override
    public ModelState state(String registry, String model) {
        return whole(registry, model).map(record -> record.state(job -> true)).orElse(ModelState.EMPTY);
    }

    /** A line that is no event may have been the one that matters, so nothing is decided on such a record. */
    private Optional<IndexedRecord> whole(String registry, String model) {
        Optional<IndexedRecord> record = index.open(registry, model);
        if (record.isPresent() && record.get().isDamaged()) {
            each(registry, model, event -> {});
        }
        return record;
    }

    /** Only the last line can be torn, and is left out; whatever else is no event is damage, never passed over. */
    private static Event event(Path path, int number, byte[] buffer, int from, int to) {
        try {
            return parse(buffer, from, to);
        } catch (IllegalArgumentException e) {
            throw damaged(path, number, e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException if it is no event; the message says why */
    public static Event parse(byte[] buffer, int from, int to) {
        try {
            return Event.fromJson(Json.read(Arrays.copyOfRange(buffer, from, to), ErrorKind.CORRUPT, "It"));
        } catch (DateTimeException | DeliveryException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static DeliveryException damaged(Path path, int line, String why, Exception cause) {
        return ErrorKind.CORRUPT.error(
                "Line " + line + " of the record " + path + " is damaged (" + TextSanitizer.brief(why, 200)
                        + "). Run record verify, and restore the record from a backup.",
                cause);
    }

    /** Reads every byte once. */
    @Override
    public Verification verify(String registry, String model) {
        Path path = file(directory, registry, model);
        try {
            return ChainVerifier.verify(path);
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot read the record " + path + ": " + e, e);
        }
    }
}
