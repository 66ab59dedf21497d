package io.jenkins.plugins.modeldelivery.build.provenance;

import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.access.JobAccess;
import io.jenkins.plugins.modeldelivery.build.access.ReadableJobs;
import io.jenkins.plugins.modeldelivery.build.location.JobHistoryListener;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.io.File;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The build in which an event happened, as the present user may see it now.
 *
 * @param name what people call it
 * @param path relative to Jenkins' root, with a slash at the end; empty if the build is gone
 */
public record RecordedBuild(String name, Optional<String> path) {
    private static final Pattern NUMBER = Pattern.compile("/([1-9][0-9]{0,8})/*$");

    /**
     * Looks for the build on the disk, without loading it.
     *
     * @return empty if no build is known; for an event that the user may see
     */
    public static Optional<RecordedBuild> of(Event event) {
        Optional<String> url = event.draft().build();
        Matcher matcher = NUMBER.matcher(url.orElse(""));
        Optional<String> job = event.draft().job();
        if (job.isEmpty() || !matcher.find()) {
            return url.map(address -> new RecordedBuild(address, Optional.empty()));
        }
        String number = matcher.group(1);
        boolean unknown = JobHistoryListener.get()
                        .lastDeletion(job.get())
                        .filter(deletion -> !event.time().isAfter(deletion))
                        .isPresent()
                || !event.time().isAfter(JobHistoryListener.get().forgotten());
        List<Job<?, ?>> found = ReadableJobs.jobsNamed(job.get()).stream()
                .filter(target -> JobAccess.mayRead(target) && new File(target.getBuildDir(), number).isDirectory())
                .toList();
        return Optional.of(
                unknown || found.size() != 1
                        ? new RecordedBuild(job.get() + " #" + number, Optional.empty())
                        : new RecordedBuild(
                                found.get(0).getFullName() + " #" + number,
                                Optional.of(found.get(0).getUrl() + number + "/")));
    }
}
