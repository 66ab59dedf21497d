package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.delivery.Approvals;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which operation works in which slot. A step that is run again in the same build, as in {@code retry}, takes up what an
 * earlier one with the same request and the same inputs did not end; what has ended is never gone on with.
 */
final class OperationSlots {
    private final Map<Path, Run<?, ?>> held = new ConcurrentHashMap<>();
    private final Map<Path, Runnable> wakers = new ConcurrentHashMap<>();

    /** The directory of a build in which its operations are. */
    static Path directory(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve("model-delivery");
    }

    /** All operations of a build, in the order in which they were begun. */
    static List<OperationSlot> of(Run<?, ?> run) {
        Path directory = directory(run);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing(path -> path.getFileName().toString()))
                    .map(OperationSlot::new)
                    .toList();
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot list " + directory + ": " + e, e);
        }
    }

    /** Whether somebody works in it now. */
    boolean isHeld(Run<?, ?> run, String name) {
        return held.containsKey(directory(run).resolve(name));
    }

    /** Whether somebody works in one of a job, or of any job below it. */
    boolean isAnyHeldIn(String item) {
        return held.values().stream()
                .map(run -> run.getParent().getFullName())
                .anyMatch(job -> job.equals(item) || job.startsWith(item + "/"));
    }

    /** The slot that an operation had before a restart. */
    Held again(Run<?, ?> run, String name) {
        Path path = directory(run).resolve(name);
        held.put(path, run);
        return new Held(new OperationSlot(path), path, true);
    }

    /** @param key of the request and its inputs */
    synchronized Held take(Run<?, ?> run, Verb verb, String key) {
        String family = verb.name().toLowerCase(Locale.ROOT) + "-" + key;
        List<OperationSlot> all = of(run);
        for (OperationSlot slot : all) {
            Path path = directory(run).resolve(slot.name());
            if (slot.name().endsWith("-" + family) && goesOn(slot) && held.putIfAbsent(path, run) == null) {
                return new Held(slot, path, slot.request().isPresent());
            }
        }
        for (int number = all.size() + 1; ; number++) {
            Path path = directory(run).resolve(String.format(Locale.ROOT, "%04d-%s", number, family));
            if (!Files.exists(path) && held.putIfAbsent(path, run) == null) {
                return new Held(new OperationSlot(path), path, false);
            }
        }
    }

    /** Operations that somebody moves and that have not ended, with their builds. */
    Map<OperationSlot, Run<?, ?>> underWay() {
        Map<OperationSlot, Run<?, ?>> found = new HashMap<>();
        held.forEach((path, run) -> {
            OperationSlot slot = new OperationSlot(path);
            if (run.isBuilding() && slot.outcome().isEmpty()) {
                found.put(slot, run);
            }
        });
        return found;
    }

    /** Has those look again how things are that wait in one of these. */
    void wake(Predicate<OperationSlot> which) {
        wakers.forEach((path, waker) -> {
            if (which.test(new OperationSlot(path))) {
                waker.run();
            }
        });
    }

    /** A promotion that was stopped while it waited for people is over, although it has no outcome. */
    private static boolean goesOn(OperationSlot slot) {
        return slot.outcome().isEmpty() && !Approvals.cancelled(slot.journal());
    }

    /** A slot that nobody else works in until it is closed. */
    final class Held implements AutoCloseable {
        private final OperationSlot slot;
        private final Path path;
        private final boolean takenUp;

        private Held(OperationSlot slot, Path path, boolean takenUp) {
            this.slot = slot;
            this.path = path;
            this.takenUp = takenUp;
        }

        OperationSlot slot() {
            return slot;
        }

        /** Whether an operation was begun in it before. */
        boolean takenUp() {
            return takenUp;
        }

        /** @param waker returns at once */
        void wakeWith(Runnable waker) {
            wakers.put(path, waker);
        }

        @Override
        public void close() {
            wakers.remove(path);
            held.remove(path);
        }
    }
}
