package io.jenkins.plugins.modeldelivery.configuration;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.form.CheckLines;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;

/** What the forms of an item's steps tell of the configuration, to anybody who may see the configuration of the item. */
public final class ItemForms {
    private final ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
    /** Null outside of any item. */
    private final String item;

    private ItemForms(Item item) {
        this.item = item == null ? null : item.getFullName();
    }

    /**
     * @param item null outside of any, where only administrators are told
     * @return empty for anybody who is not to be told anything
     */
    public static Optional<ItemForms> of(Item item) {
        boolean permitted = item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(Item.CONFIGURE);
        return permitted ? Optional.of(new ItemForms(item)) : Optional.empty();
    }

    /** Names of those that the item may use. */
    public List<String> registries() {
        return usable(configuration.getRegistries());
    }

    /** As {@link #registries}. */
    public List<String> targets() {
        return usable(configuration.getTargets());
    }

    public List<String> gates() {
        return configuration.getGates().stream().map(GateConfiguration::getName).toList();
    }

    public List<String> policies() {
        return configuration.getPolicies().stream()
                .map(PolicyConfiguration::getName)
                .toList();
    }

    private List<String> usable(List<? extends NamedConfiguration<?>> all) {
        return all.stream()
                .filter(one -> item == null || one.admits(item))
                .map(NamedConfiguration::getName)
                .toList();
    }

    /** How many checks there are, or where the error is. */
    public FormValidation checks(String text) {
        return CheckLines.judge(FormChecks.text(text));
    }
}
