package io.jenkins.plugins.modeldelivery.build.location;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Remembers names that jobs had before, and jobs that were deleted. Records keep the name that a job had when it wrote an
 * event: anybody who may read the job shall see its events also after it was renamed or moved, and anybody who makes a new job with
 * the name of one that was deleted shall not see those of the old one. Of jobs that never delivered nothing is kept: a folder
 * may have thousands of them, and every branch that ever was would be kept.
 */
@Extension
public final class JobHistoryListener extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(JobHistoryListener.class.getName());
    private static final int BOUND = 50_000;

    private final int bound;

    /** Held while the file is read or written. Questions wait for it only until the file has been read. */
    private final Object writing = new Object();

    private LocationHistoryFile file;

    /** Null until it is read. */
    private volatile LocationHistory history;

    /** For Jenkins. */
    public JobHistoryListener() {
        this(BOUND);
    }

    JobHistoryListener(int bound) {
        this.bound = bound;
    }

    public static JobHistoryListener get() {
        return ExtensionList.lookupSingleton(JobHistoryListener.class);
    }

    /** Jenkins calls it for a folder that was moved or renamed, then for each item below it. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        LocationChange move = LocationChange.moved(DeliveryRuntime.get().clock().instant(), oldFullName, newFullName);
        if (history().isKnown(move)) {
            return;
        }
        if (hasDelivered(item, oldFullName) || DeliveryRuntime.get().slots().isAnyHeldIn(newFullName)) {
            keep(move);
            // Somebody else may have moved it again, and been heard of first.
            String present = item.getFullName();
            if (!present.equals(newFullName)) {
                keep(LocationChange.moved(move.time(), newFullName, present));
            }
        }
    }

    /** Jenkins calls it for each job below a folder that is deleted. */
    @Override
    public void onDeleted(Item item) {
        if (item instanceof Job && hasDelivered(item, item.getFullName())) {
            keep(LocationChange.deleted(DeliveryRuntime.get().clock().instant(), item.getFullName()));
        }
    }

    /** Whether it is a job of which a record holds events, or has such a job below it. */
    private boolean hasDelivered(Item item, String name) {
        Set<String> names = earlierNamesOf(name);
        return item instanceof Job
                        && names.stream()
                                .anyMatch(recorded -> !DeliveryRuntime.get()
                                        .index()
                                        .rowsOf(recorded)
                                        .isEmpty())
                || item instanceof ItemGroup
                        && (history().hasArrivalsBelow(name)
                                || DeliveryRuntime.get().index().jobs().stream()
                                        .anyMatch(recorded -> isBelow(recorded, names)));
    }

    private static boolean isBelow(String job, Set<String> folders) {
        return folders.stream().anyMatch(folder -> job.startsWith(folder + "/"));
    }

    /** All names that the jobs may have now which once had this name, the name itself included. */
    public Set<String> namesOf(String recorded) {
        return history().trace(recorded).names();
    }

    /** All names under which the job may have written that has this name now, the name itself included. */
    public Set<String> earlierNamesOf(String present) {
        return history().earlierNamesOf(present);
    }

    /** When a job was deleted last that had this name or came by moving from it; empty if none was that is known of. */
    public Optional<Instant> lastDeletion(String recorded) {
        return history().trace(recorded).deleted();
    }

    /** As {@link LocationHistory#forgotten}. */
    public Instant forgotten() {
        return history().forgotten();
    }

    private void keep(LocationChange change) {
        LocationHistory known = history();
        try {
            synchronized (writing) {
                boolean full = known.isFull();
                if (full) {
                    makeRoom(known);
                }
                if (!known.add(change)) {
                    return;
                }
                if (full) {
                    file.rewrite(known);
                } else {
                    file.append(change, known);
                }
            }
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Cannot keep what became of " + change.name() + " in " + path()
                            + "; it is kept with the next change. If Jenkins is restarted before, it may not be known who may"
                            + " see what it wrote into records");
        }
    }

    private static void makeRoom(LocationHistory known) {
        Instant before = known.forgotten();
        known.makeRoom(DeliveryRuntime.get().index().jobs());
        if (!known.forgotten().equals(before)) {
            LOGGER.log(
                    Level.WARNING,
                    "More jobs were moved and deleted than can be remembered. What records hold from before {0} is shown to"
                            + " administrators only.",
                    known.forgotten());
        }
    }

    private LocationHistory history() {
        if (history == null) {
            synchronized (writing) {
                if (history == null) {
                    file = new LocationHistoryFile(path(), DeliveryRuntime.get().clock());
                    history = file.read(bound);
                }
            }
        }
        return history;
    }

    private static Path path() {
        return DeliveryRuntime.directory().resolve("job-locations.jsonl");
    }
}
