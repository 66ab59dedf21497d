package io.jenkins.plugins.modeldelivery.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Follows calls from method to method through the classes that were read. */
final class Calls {
    private Calls() {}

    /**
     * What a method calls, itself or through methods of ours.
     *
     * @param depth how many calls deep at most, 1 for the method's own
     * @param counts which calls are looked at and followed
     */
    static Set<JavaCall<?>> from(JavaCodeUnit start, int depth, Predicate<JavaAccess<?>> counts) {
        Set<JavaCall<?>> found = new LinkedHashSet<>();
        Set<JavaCodeUnit> seen = new LinkedHashSet<>(Set.of(start));
        List<JavaCodeUnit> level = List.of(start);
        for (int i = 0; i < depth && !level.isEmpty(); i++) {
            List<JavaCodeUnit> next = new ArrayList<>();
            for (JavaCodeUnit unit : level) {
                for (JavaCall<?> call : unit.getCallsFromSelf()) {
                    if (counts.test(call) && found.add(call)) {
                        ours(call.getTarget()).filter(seen::add).ifPresent(next::add);
                    }
                }
            }
            level = next;
        }
        return found;
    }

    private static Optional<JavaCodeUnit> ours(AccessTarget.CodeUnitCallTarget target) {
        return target.resolveMember().map(JavaCodeUnit.class::cast);
    }
}
