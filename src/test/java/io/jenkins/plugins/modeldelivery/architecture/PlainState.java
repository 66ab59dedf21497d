package io.jenkins.plugins.modeldelivery.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** A running step stores texts and numbers only, which any later version can read. */
final class PlainState extends ArchCondition<JavaClass> {
    PlainState() {
        super("store texts and numbers only");
    }

    @Override
    public void check(JavaClass execution, ConditionEvents events) {
        for (JavaField field : execution.getAllFields()) {
            if (PluginRules.isOurs(field.getOwner()) && !isPlain(field)) {
                events.add(SimpleConditionEvent.violated(
                        field,
                        field.getFullName() + " is stored with a running step as a "
                                + field.getRawType().getName()));
            }
        }
    }

    private static boolean isPlain(JavaField field) {
        JavaClass type = field.getRawType();
        return field.getModifiers().contains(JavaModifier.STATIC)
                || field.getModifiers().contains(JavaModifier.TRANSIENT)
                || type.isEquivalentTo(String.class)
                || type.isEquivalentTo(long.class)
                || type.isEquivalentTo(int.class)
                || type.isEquivalentTo(boolean.class);
    }
}
