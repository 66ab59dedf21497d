package io.jenkins.plugins.modeldelivery.configuration;

import hudson.ExtensionPoint;
import hudson.model.Job;
import java.util.List;

/** Knows some of those who use what is configured. */
public interface UsageFinder extends ExtensionPoint {
    /**
     * Called with the rights of the system, so that nobody is overlooked whom an administrator cannot see.
     *
     * @param removed what is asked for
     * @param jobs all that there are
     */
    List<Use> of(ConfigurationDiff removed, List<Job<?, ?>> jobs);

    /** Tells that it is gone, although it was in use. */
    default void removed(ConfigurationDiff removed) {}

    /**
     * One use of one thing.
     *
     * @param by in plain words, such as "the job churn (deployModel)"
     */
    record Use(ConfigurationDiff.Named used, String by) {}
}
