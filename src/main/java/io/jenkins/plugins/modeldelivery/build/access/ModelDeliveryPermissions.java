package io.jenkins.plugins.modeldelivery.build.access;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import io.jenkins.plugins.modeldelivery.build.approval.Approver;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/**
 * The permissions of the group "Model Delivery". Anybody who may configure a job may promote and deploy there: they could have a
 * timer start it, and then nobody is asked. Approving is another matter, since it is the word of somebody else.
 */
public final class ModelDeliveryPermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(ModelDeliveryPermissions.class, Messages._ModelDeliveryPermissions_group());

    /** Start builds that move aliases. */
    public static final Permission PROMOTE =
            permission("Promote", Messages._ModelDeliveryPermissions_promote(), Item.CONFIGURE);

    /** Start builds that roll out to serving targets. */
    public static final Permission DEPLOY =
            permission("Deploy", Messages._ModelDeliveryPermissions_deploy(), Item.CONFIGURE);

    /** Approve or refuse promotions, where their policy does not say otherwise. Whether it counts, {@link Approver} knows. */
    public static final Permission APPROVE =
            permission("Approve", Messages._ModelDeliveryPermissions_approve(), Jenkins.ADMINISTER);

    private ModelDeliveryPermissions() {}

    /** Loading this class makes the group; pages that grant permissions must not have to wait for the first delivery. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        // Calling it is enough.
    }

    private static Permission permission(String name, Localizable description, Permission impliedBy) {
        return new Permission(GROUP, name, description, impliedBy, PermissionScope.ITEM);
    }
}
