package io.jenkins.plugins.modeldelivery.engine.serving;

import java.util.List;

/**
 * What "Test connection" tells.
 *
 * @param kind "directory", "Open Inference"
 * @param server the server's name and version, empty if there is none
 * @param location URL or directory
 * @param capabilities in words
 */
public record TargetInfo(String kind, String server, String location, List<String> capabilities) {
    public TargetInfo {
        capabilities = List.copyOf(capabilities);
    }
}
