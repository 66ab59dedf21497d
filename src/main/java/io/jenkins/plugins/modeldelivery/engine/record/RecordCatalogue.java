package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Which records there are. Held in memory as long as there is room for it: about 200 bytes a record. What other processes
 * append is seen after {@link #LOOK} at the latest.
 */
final class RecordCatalogue {
    /** How often the directory is looked through. */
    private static final Duration LOOK = Duration.ofSeconds(30);

    private static final Comparator<RecordRow> ORDER =
            Comparator.comparing(RecordRow::model).thenComparing(RecordRow::registry);

    private final Path records;
    private final Clock clock;
    private final Function<Path, Optional<RecordRow>> reader;
    private final Set<Path> changed = ConcurrentHashMap.newKeySet();
    private SoftReference<Content> content = new SoftReference<>(null);

    RecordCatalogue(Path records, Clock clock, Function<Path, Optional<RecordRow>> reader) {
        this.records = records;
        this.clock = clock;
        this.reader = reader;
    }

    private record Known(long size, RecordRow row) {}

    /**
     * @param sorted the rows of all that are known
     * @param byJob of these, those in which a job has written
     */
    private record Content(
            Map<Path, Known> known, List<RecordRow> sorted, Map<String, List<RecordRow>> byJob, Instant looked) {}

    void changed(Path record) {
        changed.add(record);
    }

    List<RecordRow> rows() {
        return content().sorted();
    }

    /** Sorted as all are. */
    List<RecordRow> rowsOf(String job) {
        return content().byJob().getOrDefault(job, List.of());
    }

    private synchronized Content content() {
        Content present = content.get();
        Instant now = clock.instant();
        boolean look = present == null || present.looked().plus(LOOK).isBefore(now);
        if (!look && changed.isEmpty()) {
            return present;
        }
        Map<Path, Known> known = present == null ? new HashMap<>() : new HashMap<>(present.known());
        for (Path record : Set.copyOf(changed)) {
            changed.remove(record);
            read(record, known);
        }
        if (look) {
            look(known);
        }
        List<RecordRow> sorted =
                known.values().stream().map(Known::row).sorted(ORDER).toList();
        Content read = new Content(known, sorted, byJob(sorted), look ? now : present.looked());
        content = new SoftReference<>(read);
        return read;
    }

    private static Map<String, List<RecordRow>> byJob(List<RecordRow> sorted) {
        Map<String, List<RecordRow>> byJob = new HashMap<>();
        for (RecordRow row : sorted) {
            row.newest()
                    .keySet()
                    .forEach(job -> byJob.computeIfAbsent(job, name -> new ArrayList<>(1))
                            .add(row));
        }
        return byJob;
    }

    Optional<RecordRow> row(String registry, String model) {
        List<RecordRow> rows = rows();
        int at = Collections.binarySearch(rows, new RecordRow(registry, model, Map.of()), ORDER);
        return at < 0 ? Optional.empty() : Optional.of(rows.get(at));
    }

    private void read(Path record, Map<Path, Known> known) {
        try {
            long size = Files.size(record);
            reader.apply(record)
                    .ifPresentOrElse(row -> known.put(record, new Known(size, row)), () -> known.remove(record));
        } catch (IOException e) {
            known.remove(record);
        }
    }

    private void look(Map<Path, Known> known) {
        Map<Path, Long> sizes = sizes();
        known.keySet().retainAll(sizes.keySet());
        sizes.forEach((record, size) -> {
            Known present = known.get(record);
            if (present == null || present.size() != size) {
                read(record, known);
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
                    if (file.toString().endsWith(RecordFiles.ENDING) && attributes.size() > 0) {
                        sizes.put(file, attributes.size());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot list the records in " + records + ": " + e, e);
        }
        return sizes;
    }
}
