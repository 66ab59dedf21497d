package io.jenkins.plugins.modeldelivery.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import java.util.Set;

/** A method asks whether its caller is permitted, itself or through a helper of ours. */
final class PermissionChecked extends ArchCondition<JavaMethod> {
    /** A check farther away is more likely about something else. */
    private static final int DEPTH = 3;

    private static final Set<String> CHECKS =
            Set.of("checkPermission", "hasPermission", "hasPermission2", "checkAnyPermission", "hasAnyPermission");

    PermissionChecked() {
        super("check a permission");
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        boolean checked = Calls.from(method, DEPTH, call -> true).stream().anyMatch(call -> isCheck(call.getTarget()));
        events.add(new SimpleConditionEvent(
                method, checked, method.getFullName() + (checked ? " checks" : " does not check") + " a permission"));
    }

    private static boolean isCheck(AccessTarget.CodeUnitCallTarget target) {
        return CHECKS.contains(target.getName())
                && (target.getOwner().isAssignableTo(AccessControlled.class)
                        || target.getOwner().isAssignableTo(ACL.class));
    }
}
