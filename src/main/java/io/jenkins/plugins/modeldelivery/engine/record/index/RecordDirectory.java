package io.jenkins.plugins.modeldelivery.engine.record.index;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Which records there are. Held in memory as long as there is room for it: about half a KiB a record. What other processes
 * append is seen after {@link #LOOK} at the latest.
 */
final class RecordDirectory {
    /** How often the directory is looked through. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final Path records;
    private final Clock clock;
    private final Function<Path, Optional<RecordSummary>> reader;
    private final Set<Path> changed = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile SoftReference<RecordDirectorySnapshot> content = new SoftReference<>(null);

    RecordDirectory(Path records, Clock clock, Function<Path, Optional<RecordSummary>> reader) {
        this.records = records;
        this.clock = clock;
        this.reader = reader;
    }

    void changed(Path record) {
        changed.add(record);
    }

    /** As it is now; waits for anybody who reads it. */
    RecordDirectorySnapshot content() {
        lock.lock();
        try {
            RecordDirectorySnapshot present = content.get();
            Instant now = clock.instant();
            boolean look = present == null || present.looked().plus(LOOK).isBefore(now);
            RecordDirectorySnapshot current = present == null ? new RecordDirectorySnapshot() : present;
            readChanged(current);
            if (look) {
                look(current);
                current.looked(clock.instant());
                content = new SoftReference<>(current);
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** As it is now, but for what other processes append; empty, at once, as long as nobody has read it. */
    Optional<RecordDirectorySnapshot> known() {
        RecordDirectorySnapshot present = content.get();
        if (present != null && lock.tryLock()) {
            try {
                readChanged(present);
            } finally {
                lock.unlock();
            }
        }
        return Optional.ofNullable(present);
    }

    private void readChanged(RecordDirectorySnapshot current) {
        for (Path record : Set.copyOf(changed)) {
            changed.remove(record);
            read(record, current);
        }
    }

    private void read(Path record, RecordDirectorySnapshot current) {
        try {
            long size = Files.size(record);
            reader.apply(record).ifPresentOrElse(row -> current.put(record, size, row), () -> current.remove(record));
        } catch (IOException e) {
            current.remove(record);
        }
    }

    private void look(RecordDirectorySnapshot current) {
        Map<Path, Long> sizes = sizes();
        current.retain(sizes.keySet());
        sizes.forEach((record, size) -> {
            if (!current.isKnown(record, size)) {
                read(record, current);
            }
        });
    }

    private Map<Path, Long> sizes() {
        Map<Path, Long> sizes = new HashMap<>();
        if (!Files.isDirectory(records)) {
            return sizes;
        }
        try {
            Files.walkFileTree(records, Set.of(), 2, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(FileRecordStore.ENDING) && attributes.size() > 0) {
                        sizes.put(file, attributes.size());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot list the records in " + records + ": " + e, e);
        }
        return sizes;
    }
}
