package io.jenkins.plugins.modeldelivery.configuration;

import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * What of that which a change of the configuration takes away is in use, and by whom. Names jobs and builds, regardless of who may read
 * them: for administrators only. Immutable.
 */
public final class UsageCheck {
    private static final Logger LOGGER = Logger.getLogger(UsageCheck.class.getName());

    /** More than anybody reads, and less than makes a page or a log slow. */
    private static final int LISTED = 50;

    private static final UsageCheck NOTHING = new UsageCheck(ConfigurationDiff.NOTHING, List.of());

    private final ConfigurationDiff removed;
    private final List<UsageFinder.Use> uses;

    private UsageCheck(ConfigurationDiff removed, List<UsageFinder.Use> uses) {
        this.removed = removed;
        this.uses = uses;
    }

    static UsageCheck of(ConfigurationDiff removed) {
        if (removed.isEmpty()) {
            return NOTHING;
        }
        try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
            List<Job<?, ?>> jobs = new ArrayList<>();
            Jenkins.get().allItems(Job.class).forEach(jobs::add);
            return new UsageCheck(
                    removed,
                    ExtensionList.lookup(UsageFinder.class).stream()
                            .flatMap(users -> users.of(removed, jobs).stream())
                            .toList());
        }
    }

    boolean isEmpty() {
        return uses.isEmpty();
    }

    /** By what is used, such as "serving target edge": who uses it, each in plain words; of many the first only. */
    Map<String, List<String>> listed() {
        Map<String, List<String>> all = uses.stream()
                .sorted(Comparator.comparing(UsageFinder.Use::by))
                .collect(Collectors.groupingBy(
                        use -> use.used().toString(),
                        TreeMap::new,
                        Collectors.mapping(UsageFinder.Use::by, Collectors.toList())));
        all.replaceAll((used, by) -> first(by.stream().distinct().toList()));
        return all;
    }

    private static List<String> first(List<String> all) {
        if (all.size() <= LISTED) {
            return all;
        }
        List<String> first = new ArrayList<>(all.subList(0, LISTED));
        first.add(Messages.UsageCheck_more(all.size() - LISTED));
        return first;
    }

    /** A sentence for each thing that is used. */
    String text() {
        return listed().entrySet().stream()
                .map(entry -> Messages.UsageCheck_theIsUsedBy(entry.getKey(), joined(entry.getValue())))
                .collect(Collectors.joining(" "));
    }

    private static String joined(List<String> parts) {
        int last = parts.size() - 1;
        return last == 0
                ? parts.get(0)
                : Messages.UsageCheck_and(String.join(", ", parts.subList(0, last)), parts.get(last));
    }

    /** Says that it was taken away all the same, in the system log and to those who wait for it. */
    void taken() {
        if (!isEmpty()) {
            LOGGER.log(
                    Level.WARNING,
                    "{0} has deleted or renamed in the configuration of Model Delivery what is in use. {1} Builds under way"
                            + " that need it end with a message.",
                    new Object[] {Jenkins.getAuthentication2().getName(), text()});
            ExtensionList.lookup(UsageFinder.class).forEach(users -> users.removed(removed));
        }
    }

    /** Configuration as Code is applied before there are any jobs; what it took away from them is said when they are there. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void afterStart() {
        of(ModelDeliveryConfiguration.get().removedWhileStarting()).taken();
    }
}
