package io.jenkins.plugins.modeldelivery.engine.registry;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The place in a registry that takes the files of a version before the version exists (a directory, a run, a logged
 * model). Goes through the journal, hence strings only.
 *
 * @param properties whatever the adapter needs to find it again; no secrets
 */
public record Staging(Map<String, String> properties) {
    public Staging {
        properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    }
}
