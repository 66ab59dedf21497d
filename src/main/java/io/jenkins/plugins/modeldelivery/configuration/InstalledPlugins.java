package io.jenkins.plugins.modeldelivery.configuration;

import jenkins.model.Jenkins;

/** Asked before classes of an optional plugin are used. */
public final class InstalledPlugins {
    private InstalledPlugins() {}

    /** @param name the plugin's short name, as "scm-api" */
    public static boolean has(String name) {
        return Jenkins.get().getPlugin(name) != null;
    }
}
