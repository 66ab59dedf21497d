package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.List;
import java.util.Optional;

/**
 * How a version stands.
 *
 * @param registered its newest registration
 * @param lastGate the newest verdict on it
 * @param aliases that it has
 * @param endpoints that serve it
 */
public record VersionState(
        String version,
        Event registered,
        Optional<Event> lastGate,
        List<AliasTarget> aliases,
        List<EndpointStatus> endpoints) {
    public VersionState {
        aliases = List.copyOf(aliases);
        endpoints = List.copyOf(endpoints);
    }
}
