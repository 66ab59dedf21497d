package io.jenkins.plugins.modeldelivery.build.access;

import hudson.model.Job;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.modeldelivery.build.location.JobHistoryListener;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import jenkins.model.Jenkins;

/**
 * Whose events the present user may see: those of jobs that the user may read. What was written by a job that is gone, or
 * by no job, is for administrators. A name that several jobs had in turn counts only for who may read all of them, and what
 * was written under it before one of them was deleted is for administrators too. Made for one request; remembers what it has
 * found out. Not thread-safe.
 */
public final class ReadableJobs implements JobFilter {
    private final boolean administrator = Jenkins.get().hasPermission(Jenkins.ADMINISTER);
    private final Map<String, Boolean> known = new HashMap<>();
    private final Map<String, Instant> since = new HashMap<>();

    @Override
    public boolean test(String recorded) {
        return administrator || known.computeIfAbsent(recorded, ReadableJobs::readable);
    }

    public boolean isAdministrator() {
        return administrator;
    }

    @Override
    public Instant since(String recorded) {
        return administrator ? Instant.MIN : since.computeIfAbsent(recorded, ReadableJobs::afterDeletion);
    }

    private static Instant afterDeletion(String recorded) {
        Instant forgotten = JobHistoryListener.get().forgotten();
        return JobHistoryListener.get()
                .lastDeletion(recorded)
                .filter(deletion -> deletion.isAfter(forgotten))
                .or(() -> Optional.of(forgotten).filter(Instant.MIN::isBefore))
                .map(ReadableJobs::after)
                .orElse(Instant.MIN);
    }

    /** Records tell the time in milliseconds. */
    public static Instant after(Instant deletion) {
        return deletion.plusMillis(1);
    }

    private static boolean readable(String recorded) {
        List<Job<?, ?>> there = jobsNamed(recorded);
        return !there.isEmpty() && there.stream().allMatch(JobAccess::mayRead);
    }

    /** The jobs that have a name now which is that of a record, or came of it by renaming, regardless of who asks. */
    public static List<Job<?, ?>> jobsNamed(String recorded) {
        Set<String> names =
                recorded.isEmpty() ? Set.of() : JobHistoryListener.get().namesOf(recorded);
        return names.stream()
                .<Job<?, ?>>map(ReadableJobs::find)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether it is there is found out with all permissions, and told to nobody. */
    private static Job<?, ?> find(String name) {
        try (ACLContext everything = ACL.as2(ACL.SYSTEM2)) {
            return Jenkins.get().getItemByFullName(name, Job.class);
        }
    }
}
