package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Describable;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** What registries and serving targets have in common: a name, and the items that may use them. */
public abstract class NamedConfiguration<T extends AbstractDescribableImpl<T> & Describable<T>>
        extends AbstractDescribableImpl<T> {
    private final String name;
    private String items = "";
    private String changeRequests = ChangeRequests.NONE.text();

    protected NamedConfiguration(String name) {
        this.name = FormChecks.trim(name);
    }

    /** What was stored before a field came is as if the field were empty. */
    protected Object readResolve() {
        items = FormChecks.text(items);
        changeRequests = changeRequests == null ? ChangeRequests.NONE.text() : changeRequests;
        return this;
    }

    public String getName() {
        return name;
    }

    /** Patterns of the items' full names; {@code *} within a folder, {@code **} across; empty: all items. */
    public List<String> getItems() {
        return FormChecks.list(items);
    }

    @DataBoundSetter
    public void setItems(List<String> items) {
        this.items = FormChecks.text(items);
    }

    /** Whose builds may do more than gate: {@code none}, {@code trusted} or {@code all}. */
    public String getChangeRequests() {
        return changeRequests;
    }

    @DataBoundSetter
    public void setChangeRequests(String changeRequests) {
        this.changeRequests = FormChecks.trim(changeRequests);
    }

    /** Who may do what with it, as the policy file says it. */
    ObjectNode rule() {
        return Json.object().put("changeRequests", changeRequests);
    }

    final boolean admits(String fullName) {
        return FormChecks.items(items).admits(fullName);
    }

    /** @throws DeliveryException INVALID_INPUT if a field holds what it may not */
    void check() {
        FormChecks.checkName(name);
        FormChecks.items(items);
        ChangeRequestChoice.check(changeRequests);
    }

    /** Whether this one is meant where none is named. */
    abstract boolean isMarked();
}
