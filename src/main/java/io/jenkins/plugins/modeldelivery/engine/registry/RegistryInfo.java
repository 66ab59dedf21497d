package io.jenkins.plugins.modeldelivery.engine.registry;

import java.util.List;

/**
 * What "Test connection" tells.
 *
 * @param kind "MLflow", "directory"
 * @param version the server's version, empty if it does not say
 * @param location URL or directory
 * @param capabilities in words, e.g. "logged models", "multipart upload"
 * @param warnings what was found and repaired, or is missing
 */
public record RegistryInfo(
        String kind, String version, String location, List<String> capabilities, List<String> warnings) {
    public RegistryInfo {
        capabilities = List.copyOf(capabilities);
        warnings = List.copyOf(warnings);
    }
}
