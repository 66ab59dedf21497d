package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which operation works in which slot. A step that is run again in the same build, as in {@code retry}, takes up what an
 * earlier one with the same request and the same inputs did not end; what has ended is never gone on with. A build is known by
 * what it is and not by where it lies, since its job can be renamed or moved meanwhile.
 */
public final class OperationSlots {
    private final Set<Held> held = ConcurrentHashMap.newKeySet();
    /** Slots of an earlier process that an operation of this one has taken up, until their builds end. */
    private final Set<OperationSlot> resumed = ConcurrentHashMap.newKeySet();

    /** Whether two objects stand for one build, also after its job was renamed or moved. */
    public static boolean isSame(Run<?, ?> one, Run<?, ?> other) {
        return one == other
                || one.getNumber() == other.getNumber()
                        && one.getParent()
                                .getFullName()
                                .equals(other.getParent().getFullName());
    }

    /** The directory of a build in which its operations are. */
    static Path directory(Run<?, ?> run) {
        return run.getRootDir().toPath().resolve("model-delivery");
    }

    /** All operations of a build, in the order in which they were begun. */
    public static List<OperationSlot> of(Run<?, ?> run) {
        Path directory = directory(run);
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .sorted(Comparator.naturalOrder())
                    .map(name -> new OperationSlot(run, name))
                    .toList();
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot list " + directory + ": " + e, e);
        }
    }

    /** Whether somebody works in it now. */
    boolean isHeld(Run<?, ?> run, String name) {
        OperationSlot slot = new OperationSlot(run, name);
        return held.stream().anyMatch(one -> one.slot().isSame(slot));
    }

    /** Whether somebody works in one of a job, or of any job below it. */
    public boolean isAnyHeldIn(String item) {
        return held.stream()
                .map(one -> one.slot().run().getParent().getFullName())
                .anyMatch(job -> job.equals(item) || job.startsWith(item + "/"));
    }

    /** The slot that an operation had before a restart. */
    synchronized Held again(Run<?, ?> run, String name) {
        return hold(new OperationSlot(run, name), true);
    }

    /** @param key of the request and its inputs */
    synchronized Held take(Run<?, ?> run, OperationType type, String key) {
        String family = type.key() + "-" + key;
        List<OperationSlot> all = of(run);
        for (OperationSlot slot : all) {
            if (slot.name().endsWith("-" + family) && goesOn(slot) && !isHeld(run, slot.name())) {
                return hold(slot, slot.request().isPresent());
            }
        }
        for (int number = all.size() + 1; ; number++) {
            OperationSlot slot = new OperationSlot(run, String.format(Locale.ROOT, "%04d-%s", number, family));
            if (!Files.exists(slot.directory()) && !isHeld(run, slot.name())) {
                return hold(slot, false);
            }
        }
    }

    private Held hold(OperationSlot slot, boolean takenUp) {
        Held one = new Held(slot, takenUp);
        held.add(one);
        return one;
    }

    /** A process that takes over a slot of an earlier one says by this that it, and nobody else, is asked from now on. */
    void resumed(Held one) {
        resumed.add(one.slot());
    }

    /** Whether an operation of this process goes on in the slot of an earlier one, or did so until it ended. */
    public boolean isResumed(OperationSlot slot) {
        return resumed.stream().anyMatch(other -> other.isSame(slot));
    }

    /** Of a build that has ended nothing is remembered. */
    public void forget(Run<?, ?> run) {
        resumed.removeIf(slot -> isSame(slot.run(), run));
    }

    /**
     * Changes what a slot of an earlier process holds, as long as no operation has taken it up; none can meanwhile.
     *
     * @return false, with nothing done, if one has
     */
    public synchronized boolean beforeItIsResumed(OperationSlot slot, Runnable change) {
        if (isHeld(slot.run(), slot.name()) || isResumed(slot)) {
            return false;
        }
        change.run();
        return true;
    }

    /** Builds of a job in which somebody moves an operation. */
    Set<Run<?, ?>> builds(Job<?, ?> job) {
        Set<Run<?, ?>> found = new HashSet<>();
        for (Held one : held) {
            Run<?, ?> run = one.slot().run();
            if (run.getParent().getFullName().equals(job.getFullName())) {
                found.add(run);
            }
        }
        return found;
    }

    /** Operations that somebody moves and that have not ended, with their builds. */
    Map<OperationSlot, Run<?, ?>> underWay() {
        Map<OperationSlot, Run<?, ?>> found = new HashMap<>();
        for (Held one : held) {
            OperationSlot slot = one.slot();
            if (slot.run().isBuilding() && slot.outcome().isEmpty()) {
                found.put(slot, slot.run());
            }
        }
        return found;
    }

    /** Has those look again how things are that wait in one of these. */
    void wake(Predicate<OperationSlot> which) {
        for (Held one : held) {
            if (which.test(one.slot())) {
                one.waker.run();
            }
        }
    }

    /** A promotion that was stopped while it waited for people is over, although it has no outcome. */
    private static boolean goesOn(OperationSlot slot) {
        return slot.outcome().isEmpty() && !Approvals.cancelled(slot.journal());
    }

    /** A slot that nobody else works in until it is closed. */
    final class Held implements AutoCloseable {
        private final OperationSlot slot;
        private final boolean takenUp;
        private volatile Runnable waker = () -> {};

        private Held(OperationSlot slot, boolean takenUp) {
            this.slot = slot;
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
            this.waker = waker;
        }

        @Override
        public void close() {
            held.remove(this);
        }
    }
}
