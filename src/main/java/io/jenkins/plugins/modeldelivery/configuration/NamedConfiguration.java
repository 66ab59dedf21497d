package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Describable;
import io.jenkins.plugins.modeldelivery.configuration.form.ChangeRequestChoice;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import java.util.List;
import java.util.Optional;
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

    /** Patterns of the items' full names, one a line; {@code *} within a folder, {@code **} across; empty: all items. */
    public String getItems() {
        return items;
    }

    @DataBoundSetter
    public void setItems(String items) {
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

    /**
     * The one that is named; else, of those that the item may use, the only one or the one that is marked as default.
     *
     * @throws DeliveryException INVALID_INPUT if there is none; DENIED if the item may not use it
     */
    static <C extends NamedConfiguration<C>> C choose(String kind, List<C> all, Optional<String> name, String item) {
        Optional<C> named = name.flatMap(given -> find(all, given));
        if (named.isPresent() && !named.get().admits(item)) {
            throw denied(item, "use the " + kind + " " + named.get().getName());
        }
        List<C> usable = all.stream().filter(one -> one.admits(item)).toList();
        if (usable.isEmpty() && !all.isEmpty()) {
            throw ErrorKind.DENIED.error(
                    "The item " + TextSanitizer.brief(item, 200) + " may use no " + kind + ": each of the " + all.size()
                            + " configured ones is limited to other items (Manage Jenkins, Model Delivery).");
        }
        ObjectNode section = Json.object();
        usable.forEach(one -> section.putObject(one.getName()).put("default", one.isMarked()));
        return find(all, NamedLookup.name(section, name, kind)).orElseThrow();
    }

    private static <C extends NamedConfiguration<C>> Optional<C> find(List<C> all, String name) {
        return all.stream().filter(one -> one.getName().equals(name)).findFirst();
    }

    /** Which items may is not told: their folders may be named after what others do. */
    static DeliveryException denied(String item, String what) {
        return ErrorKind.DENIED.error("The item " + TextSanitizer.brief(item, 200) + " may not " + what
                + ": that is limited to other items (Manage Jenkins, Model Delivery).");
    }
}
