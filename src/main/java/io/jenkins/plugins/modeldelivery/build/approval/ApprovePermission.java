package io.jenkins.plugins.modeldelivery.build.approval;

import hudson.model.Item;
import hudson.model.Job;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Whether somebody has the permission Approve on a job, and not from themselves. Where jobs and folders keep permissions of
 * their own, as with project-based matrix authorization, anybody who may configure one of them can grant themselves whatever they
 * like in it. So of these people only what they may outside of it counts.
 */
final class ApprovePermission {
    private static final String NAME =
            ModelDeliveryPermissions.GROUP.title + "/" + ModelDeliveryPermissions.APPROVE.name;

    private final Job<?, ?> job;
    private final Authentication who;

    ApprovePermission(Job<?, ?> job, Authentication who) {
        this.job = job;
        this.who = who;
    }

    /** Why it does not count, in a sentence; empty for who has it. */
    Optional<String> obstacle() {
        if (!has(job, ModelDeliveryPermissions.APPROVE)) {
            return Optional.of(Messages.ApprovePermission_youDoNotHaveThe(NAME));
        }
        if (has(Jenkins.get(), Item.CONFIGURE)) {
            return unlessAlsoIn(Jenkins.get(), Messages.ApprovePermission_jobsEverywhere(), "everywhere");
        }
        return outermostConfigured()
                .flatMap(place -> unlessAlsoIn(
                        place.getParent() instanceof Item folder ? folder : Jenkins.get(),
                        place == job
                                ? Messages.ApprovePermission_thisJob()
                                : Messages.ApprovePermission_theFolder(place.getFullName()),
                        Messages.ApprovePermission_outsideOfIt()));
    }

    private Optional<String> unlessAlsoIn(AccessControlled around, String configured, String where) {
        return has(around, ModelDeliveryPermissions.APPROVE)
                ? Optional.empty()
                : Optional.of(Messages.ApprovePermission_youMayConfigureAndCan(configured, NAME, where));
    }

    /**
     * The job, or a folder that it is in, whichever is farthest out of those that the user may configure; empty if there is
     * none. Who may configure an outer one can take the permission to configure from themselves in the inner ones.
     */
    private Optional<Item> outermostConfigured() {
        Item found = null;
        for (Item place = job; place != null; place = place.getParent() instanceof Item folder ? folder : null) {
            if (has(place, Item.CONFIGURE)) {
                found = place;
            }
        }
        return Optional.ofNullable(found);
    }

    private boolean has(AccessControlled place, Permission permission) {
        return place.getACL().hasPermission2(who, permission);
    }
}
