package io.jenkins.plugins.modeldelivery.configuration;

import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Refuses to take away what is in use, and says by whom. */
public final class InUse {
    private static final Logger LOGGER = Logger.getLogger(InUse.class.getName());
    private static final int SHOWN = 10;

    private InUse() {}

    /**
     * Whoever may not read a job learns that there is one, not which. Of whom Configuration as Code acts for, nothing is
     * known; so the names go to the system log, which is for administrators.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT that names what is used, by whom,
     *     and what to do
     */
    static void check(Removed removed) {
        List<Users.Use> uses = uses(removed);
        if (uses.isEmpty()) {
            return;
        }
        boolean person = !Jenkins.getAuthentication2().equals(ACL.SYSTEM2);
        if (!person) {
            LOGGER.warning(() -> "Refused to change the configuration: " + text(uses, use -> true));
        }
        throw Fields.invalid(text(uses, use -> person && use.job().hasPermission(Item.READ))
                + " What is in use can be neither deleted nor renamed. Change the jobs, and wait for the builds or stop"
                + " them.");
    }

    private static List<Users.Use> uses(Removed removed) {
        if (removed.isEmpty()) {
            return List.of();
        }
        try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
            List<Job<?, ?>> jobs = new ArrayList<>();
            Jenkins.get().allItems(Job.class).forEach(jobs::add);
            return ExtensionList.lookup(Users.class).stream()
                    .flatMap(users -> users.of(removed, jobs).stream())
                    .toList();
        }
    }

    /** A sentence for each thing that is used. */
    private static String text(List<Users.Use> uses, Predicate<Users.Use> shown) {
        Map<Removed.Named, List<Users.Use>> byUsed = uses.stream()
                .collect(Collectors.groupingBy(
                        Users.Use::used,
                        () -> new TreeMap<>(Comparator.comparing(Removed.Named::toString)),
                        Collectors.toList()));
        return byUsed.entrySet().stream()
                .map(entry -> "The " + entry.getKey() + " is used by " + by(entry.getValue(), shown) + ".")
                .collect(Collectors.joining(" "));
    }

    private static String by(List<Users.Use> uses, Predicate<Users.Use> shown) {
        List<String> named = uses.stream()
                .filter(shown)
                .map(Users.Use::by)
                .distinct()
                .sorted()
                .toList();
        List<String> parts = new ArrayList<>(named.subList(0, Math.min(SHOWN, named.size())));
        long hidden = uses.stream()
                .filter(shown.negate())
                .map(Users.Use::by)
                .distinct()
                .count();
        if (named.size() > SHOWN) {
            parts.add((named.size() - SHOWN) + " more");
        }
        if (hidden > 0) {
            parts.add(hidden + (parts.isEmpty() ? "" : " other") + (hidden == 1 ? " job or build" : " jobs or builds")
                    + " that cannot be named to you here");
        }
        int last = parts.size() - 1;
        return last == 0 ? parts.get(0) : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
    }

    /**
     * Configuration as Code is applied before there are any jobs, and a controller that does not start helps nobody: what it
     * took away from them is said in the system log.
     */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void afterStart() {
        List<Users.Use> uses = uses(ModelDeliveryConfiguration.get().removedWhileStarting());
        if (!uses.isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    "Configuration as Code has deleted or renamed what is in use. {0}",
                    text(uses, use -> true));
        }
    }
}
