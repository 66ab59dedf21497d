package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The place in a registry that takes the files of a version before the version exists (a directory, a run, a logged
 * model). Goes through the journal, so it holds strings only.
 *
 * @param properties whatever the adapter needs to find it again; no secrets
 */
public record VersionDraft(Map<String, String> properties) {
    public VersionDraft {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }

    /** @throws DeliveryException CORRUPT if it is missing, since the journal then is not what an adapter wrote */
    public String require(String key) {
        String value = properties.get(key);
        if (value == null) {
            throw ErrorKind.CORRUPT.error("The journal does not contain the staging location of this registration ("
                    + key + "). Delete the journal, and register again.");
        }
        return value;
    }
}
