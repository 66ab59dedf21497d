package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Remembers names that jobs had before, and jobs that were deleted. Records keep the name that a job had when it wrote an
 * event: whoever may read the job shall see its events also after it was renamed or moved, and whoever makes a new job with
 * the name of one that was deleted shall not see those of the old one.
 */
@Extension
public final class PastJobs extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(PastJobs.class.getName());

    /** Null until it is read. */
    private JobsPast past;

    static PastJobs get() {
        return ExtensionList.lookupSingleton(PastJobs.class);
    }

    /** Of jobs that never delivered nothing is kept: a folder may have thousands of them. */
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof Job && hasDelivered(oldFullName)) {
            synchronized (this) {
                past().moved(oldFullName, newFullName);
                keep(oldFullName);
            }
        }
    }

    /** As {@link #onLocationChanged}: or every branch that ever was would be kept. */
    @Override
    public void onDeleted(Item item) {
        String name = item.getFullName();
        if (item instanceof Job && hasDelivered(name)) {
            synchronized (this) {
                past().deleted(name, DeliveryRuntime.get().clock().instant());
                keep(name);
            }
        }
    }

    private boolean hasDelivered(String name) {
        return earlierNamesOf(name).stream()
                .anyMatch(recorded ->
                        !DeliveryRuntime.get().index().rowsOf(recorded).isEmpty());
    }

    synchronized Set<String> namesOf(String recorded) {
        return past().namesOf(recorded);
    }

    synchronized Set<String> earlierNamesOf(String present) {
        return past().earlierNamesOf(present);
    }

    synchronized Optional<Instant> lastDeletion(String recorded) {
        return past().lastDeletion(recorded);
    }

    private void keep(String name) {
        try {
            file().write(past());
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Cannot keep what became of " + name
                            + "; after a restart it may not be known who may see what it wrote into records");
        }
    }

    private JobsPast past() {
        if (past == null) {
            past = new JobsPast();
            try {
                if (file().exists()) {
                    past = (JobsPast) file().read();
                }
            } catch (IOException | ClassCastException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "Cannot read " + file()
                                + "; what renamed jobs wrote into records before is shown to administrators only");
            }
        }
        return past;
    }

    private static XmlFile file() {
        return new XmlFile(DeliveryRuntime.directory().resolve("past-jobs.xml").toFile());
    }
}
