package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import java.util.List;
import java.util.Optional;

/** Which of the configured registries or targets an item means, and whether it may. */
record ItemSelection<T extends NamedConfiguration<T>>(String kind, List<T> all) {
    /**
     * The one that is named; else, of those that the item may use, the only one or the one that is marked as default.
     *
     * @throws DeliveryException INVALID_INPUT if there is none; DENIED if the item may not use it
     */
    T choose(Optional<String> name, String item) {
        Optional<T> named = name.flatMap(this::find);
        if (named.isPresent() && !named.get().admits(item)) {
            throw denied(item, "use the " + kind + " " + named.get().getName());
        }
        List<T> usable = all.stream().filter(one -> one.admits(item)).toList();
        if (usable.isEmpty() && !all.isEmpty()) {
            throw ErrorKind.DENIED.error("The item " + TextSanitizer.brief(item, 200) + " may use no " + kind + ": each of the " + all.size()
                            + " configured ones is limited to other items (Manage Jenkins, Model Delivery).");
        }
        ObjectNode section = Json.object();
        usable.forEach(one -> section.putObject(one.getName()).put("default", one.isMarked()));
        return find(NamedLookup.name(section, name, kind)).orElseThrow();
    }

    private Optional<T> find(String name) {
        return all.stream().filter(one -> one.getName().equals(name)).findFirst();
    }

    /** Which items may is not told: their folders may be named after what others do. */
    static DeliveryException denied(String item, String what) {
        return ErrorKind.DENIED.error("The item " + TextSanitizer.brief(item, 200) + " may not " + what
                        + ": that is limited to other items (Manage Jenkins, Model Delivery).");
    }
}
