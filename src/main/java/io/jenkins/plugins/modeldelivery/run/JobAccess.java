package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Item;
import hudson.model.Job;

/** Whether the present user may know of a job, wherever it is shown but on its own page. */
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
}
