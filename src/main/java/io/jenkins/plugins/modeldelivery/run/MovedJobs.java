package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.model.Item;
import hudson.model.listeners.ItemListener;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which names jobs had before. Records keep the name that a job had when it wrote an event, and whoever may read the job
 * shall see its events also after it was renamed or moved.
 */
@Extension
public final class MovedJobs extends ItemListener {
    private static final Logger LOGGER = Logger.getLogger(MovedJobs.class.getName());

    /** By an earlier full name: to which names items were moved from it. Null until it is read. */
    private Map<String, Set<String>> moves;

    static MovedJobs get() {
        return ExtensionList.lookupSingleton(MovedJobs.class);
    }

    @Override
    public synchronized void onLocationChanged(Item item, String oldFullName, String newFullName) {
        moves().computeIfAbsent(oldFullName, name -> new TreeSet<>()).add(newFullName);
        try {
            file().write(moves());
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "Cannot keep that " + oldFullName + " is now " + newFullName
                            + "; what it wrote into records before is shown to administrators only");
        }
    }

    /** All names that the items may have now which once had this name, the name itself included. */
    synchronized Set<String> namesOf(String recorded) {
        Set<String> names = new LinkedHashSet<>(Set.of(recorded));
        Set<String> last = names;
        while (!last.isEmpty()) {
            Set<String> next = new LinkedHashSet<>();
            last.forEach(name -> next.addAll(moves().getOrDefault(name, Set.of())));
            next.removeAll(names);
            names.addAll(next);
            last = next;
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Set<String>> moves() {
        if (moves == null) {
            moves = new TreeMap<>();
            try {
                if (file().exists()) {
                    moves.putAll((Map<String, Set<String>>) file().read());
                }
            } catch (IOException | ClassCastException e) {
                LOGGER.log(
                        Level.WARNING,
                        e,
                        () -> "Cannot read " + file()
                                + "; what renamed jobs wrote into records before is shown to administrators only");
            }
        }
        return moves;
    }

    private static XmlFile file() {
        return new XmlFile(DeliveryRuntime.directory().resolve("moved-jobs.xml").toFile());
    }
}
