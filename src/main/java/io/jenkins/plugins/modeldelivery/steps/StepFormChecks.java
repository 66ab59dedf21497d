package io.jenkins.plugins.modeldelivery.steps;

import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.ItemForms;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Helps anybody who fills in a step's form, if they may see the item's configuration; nobody else learns anything. */
final class StepFormChecks {
    private StepFormChecks() {}

    /** For a field that may be left blank and filled with any text, such as a build's variable. */
    static ComboBoxModel names(Item item, Function<ItemForms, List<String>> kind) {
        return new ComboBoxModel(ItemForms.of(item).map(kind).orElse(List.of()));
    }

    /** Whether there is such a thing that the item may use. */
    static FormValidation named(Item item, String value, String what, Function<ItemForms, List<String>> kind) {
        Optional<ItemForms> forms = ItemForms.of(item);
        if (forms.isEmpty() || isOpen(value)) {
            return FormValidation.ok();
        }
        List<String> names = kind.apply(forms.get());
        return names.contains(value.strip())
                ? FormValidation.ok()
                : FormValidation.warning(
                        names.isEmpty()
                                ? Messages.StepFormChecks_none(what)
                                : Messages.StepFormChecks_unknown(what, String.join(", ", names)));
    }

    /** @param check throws what is wrong */
    static FormValidation check(Item item, String value, Consumer<String> check) {
        if (ItemForms.of(item).isEmpty() || isOpen(value)) {
            return FormValidation.ok();
        }
        return tried(() -> check.accept(value.strip()));
    }

    /** As {@link #check}, where blank is wrong. */
    static FormValidation required(Item item, String value, String missing, Consumer<String> check) {
        if (ItemForms.of(item).isEmpty()) {
            return FormValidation.ok();
        }
        return value.isBlank() ? FormValidation.error(missing) : check(item, value, check);
    }

    /** One {@code name=value} a line. */
    static FormValidation lines(Item item, String value, boolean numbers) {
        if (ItemForms.of(item).isEmpty()) {
            return FormValidation.ok();
        }
        try {
            if (numbers) {
                KeyValueLines.numbers(KeyValueLines.read(value, ""));
            } else {
                KeyValueLines.read(value, "");
            }
            return FormValidation.ok();
        } catch (Descriptor.FormException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Blank has a meaning of its own, and a text with a variable has one only in a build. */
    static boolean isOpen(String value) {
        return value.isBlank() || value.contains("$");
    }

    private static FormValidation tried(Runnable check) {
        try {
            check.run();
            return FormValidation.ok();
        } catch (DeliveryException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
