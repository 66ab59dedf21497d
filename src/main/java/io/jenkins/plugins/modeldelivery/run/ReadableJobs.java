package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import jenkins.model.Jenkins;

/**
 * Whose events the present user may see: those of jobs that the user may read. What was written by a job that is gone, or
 * by no job, is for administrators. A name that several jobs bore in turn counts only for who may read all of them. Made for
 * one request; remembers what it has found out. Not thread-safe.
 */
final class ReadableJobs implements Predicate<String> {
    private final String below;
    private final Map<String, Boolean> known = new HashMap<>();

    /** @param scope only jobs in it count; Jenkins itself for all */
    ReadableJobs(ItemGroup<?> scope) {
        this.below = scope == Jenkins.get() ? "" : scope.getFullName() + "/";
    }

    @Override
    public boolean test(String recorded) {
        return known.computeIfAbsent(recorded, this::readable);
    }

    private boolean readable(String recorded) {
        Set<String> names = recorded.isEmpty() ? Set.of() : MovedJobs.get().namesOf(recorded);
        List<Job<?, ?>> there = names.stream()
                .<Job<?, ?>>map(ReadableJobs::find)
                .filter(Objects::nonNull)
                .toList();
        if (there.isEmpty()) {
            return below.isEmpty() && Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        }
        return there.stream().allMatch(job -> job.hasPermission(Item.READ))
                && there.stream().anyMatch(job -> job.getFullName().startsWith(below));
    }

    /** Whether it is there, whoever asks; that is found out with all permissions, and told to nobody. */
    private static Job<?, ?> find(String name) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(name, Job.class);
        }
    }
}
