package io.jenkins.plugins.modeldelivery.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.Set;

/** No record is stored with a class, however deep in its fields: XStream writes records and cannot read them back. */
final class FreeOfRecords extends ArchCondition<JavaClass> {
    FreeOfRecords() {
        super("hold no records in what is stored");
    }

    @Override
    public void check(JavaClass stored, ConditionEvents events) {
        if (stored.isRecord()) {
            events.add(SimpleConditionEvent.violated(stored, stored.getName() + " is stored and is a record"));
        } else {
            walk(stored, stored.getSimpleName(), new HashSet<>(), events);
        }
    }

    private static void walk(JavaClass type, String path, Set<JavaClass> seen, ConditionEvents events) {
        if (!seen.add(type)) {
            return;
        }
        for (JavaField field : type.getAllFields()) {
            if (isStored(field)) {
                String place = path + "." + field.getName();
                field.getType().getAllInvolvedRawTypes().forEach(held -> visit(held, place, seen, events));
            }
        }
    }

    /** A field may hold any class of ours that its type allows. Fields of other people's types say nothing of ours. */
    private static void visit(JavaClass held, String place, Set<JavaClass> seen, ConditionEvents events) {
        if (held.isRecord()) {
            events.add(SimpleConditionEvent.violated(held, place + " holds the record " + held.getName()));
        } else if (PluginRules.isOurs(held)) {
            walk(held, place, seen, events);
            held.getAllSubclasses().forEach(sub -> visit(sub, place, seen, events));
        }
    }

    private static boolean isStored(JavaField field) {
        return !field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.TRANSIENT);
    }
}
