package io.jenkins.plugins.modeldelivery.build.access;

import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import jenkins.model.Jenkins;

/** What the present user may know of a job and of what guards it, wherever it is shown but on its own page. */
public final class JobAccess {
    private JobAccess() {}

    /**
     * As Jenkins' own pages have it: a job cannot be read in a folder that cannot be, though the job's own permissions say
     * nothing of its folders.
     */
    public static boolean mayRead(Job<?, ?> job) {
        Object at = job;
        while (at instanceof Item item) {
            if (!item.hasPermission(Item.READ)) {
                return false;
            }
            at = item.getParent();
        }
        return true;
    }

    /** A policy in plain words, for a reader of the job: it may name items that are not for the present user to know. */
    public static String sentence(Policy policy, Job<?, ?> job) {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? policy.sentence()
                : policy.sentenceFor(job.getFullName());
    }
}
