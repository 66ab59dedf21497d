package io.jenkins.plugins.modeldelivery.configuration;

import hudson.model.AbstractDescribableImpl;
import hudson.model.Describable;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import org.kohsuke.stapler.DataBoundSetter;

/** What registries and serving targets have in common: a name, and the items that may use them. */
public abstract class NamedConfiguration<T extends AbstractDescribableImpl<T> & Describable<T>>
        extends AbstractDescribableImpl<T> {
    private final String name;
    private String items = "";

    protected NamedConfiguration(String name) {
        this.name = Fields.trim(name);
    }

    public String getName() {
        return name;
    }

    /** Patterns of the items' full names, one a line; {@code *} within a folder, {@code **} across; empty: all items. */
    public String getItems() {
        return items;
    }

    @DataBoundSetter
    public void setItems(String items) {
        this.items = Fields.text(items);
    }

    final boolean admits(String fullName) {
        return Fields.items(items).admits(fullName);
    }

    /** @throws DeliveryException INVALID_INPUT if a field holds what it may not */
    void check() {
        Fields.checkName(name);
        Fields.items(items);
    }

    /** Whether this one is meant where none is named. */
    abstract boolean isMarked();
}
