package io.jenkins.plugins.modeldelivery.ui.trend;

import hudson.model.Job;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.lazy.LazyBuildMixIn;

/** Where the builds of a job are. Loads none. */
final class BuildLinks {
    private static final Pattern NUMBER = Pattern.compile("/([0-9]{1,9})/?$");

    private final Job<?, ?> job;

    BuildLinks(Job<?, ?> job) {
        this.job = job;
    }

    /** @param recorded URL that the build had when it was recorded, perhaps under another root and name of the job */
    static OptionalInt number(String recorded) {
        Matcher matcher = NUMBER.matcher(recorded);
        return matcher.find() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    /** Relative to Jenkins, with a slash at its end; empty if the build is gone. */
    Optional<String> url(int number) {
        return job instanceof LazyBuildMixIn.LazyLoadingJob<?, ?> lazy
                        && lazy.getLazyBuildMixIn().getRunMap().runExists(number)
                ? Optional.of(job.getUrl() + number + "/")
                : Optional.empty();
    }
}
