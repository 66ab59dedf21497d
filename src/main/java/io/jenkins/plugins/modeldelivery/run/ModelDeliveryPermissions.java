package io.jenkins.plugins.modeldelivery.run;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;

/**
 * The permissions of the group "Model Delivery". Whoever may configure a job has all three there, so that an instance that
 * knows nothing of them works; who is to have them without configuring is given them.
 */
public final class ModelDeliveryPermissions {
    public static final PermissionGroup GROUP =
            new PermissionGroup(ModelDeliveryPermissions.class, Messages._ModelDeliveryPermissions_group());

    /** Start builds that move aliases. */
    public static final Permission PROMOTE = permission("Promote", Messages._ModelDeliveryPermissions_promote());

    /** Start builds that roll out to serving targets. */
    public static final Permission DEPLOY = permission("Deploy", Messages._ModelDeliveryPermissions_deploy());

    /** Approve or refuse promotions, where their policy does not say otherwise. */
    public static final Permission APPROVE = permission("Approve", Messages._ModelDeliveryPermissions_approve());

    private ModelDeliveryPermissions() {}

    /** Loading this class makes the group; pages that grant permissions must not have to wait for the first delivery. */
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        // Calling it is enough.
    }

    private static Permission permission(String name, org.jvnet.localizer.Localizable description) {
        return new Permission(GROUP, name, description, Item.CONFIGURE, PermissionScope.ITEM);
    }
}
