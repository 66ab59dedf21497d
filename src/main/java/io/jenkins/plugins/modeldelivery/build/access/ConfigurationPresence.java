package io.jenkins.plugins.modeldelivery.build.access;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Collection;

/** Something of the configuration that an operation began with was deleted or renamed while it was under way. */
public final class ConfigurationPresence {
    private ConfigurationPresence() {}

    /**
     * @param kind such as "registry"
     * @param name with which the operation began
     * @param present names that there are
     * @throws DeliveryException INVALID_INPUT that names it, if it is not among those that there are
     */
    public static void check(String kind, String name, Collection<String> present) {
        if (!present.contains(name)) {
            throw ErrorKind.INVALID_INPUT.error("The " + kind + " " + TextSanitizer.brief(name, 100)
                            + ", with which this began, was deleted or renamed since"
                            + " (Manage Jenkins, Model Delivery). What was begun stays as it is. Ask an administrator, and run"
                            + " it again.");
        }
    }
}
