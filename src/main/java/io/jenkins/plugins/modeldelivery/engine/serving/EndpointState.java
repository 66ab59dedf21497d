package io.jenkins.plugins.modeldelivery.engine.serving;

import java.util.Objects;
import java.util.Optional;

/**
 * What a target knows of an endpoint.
 *
 * @param generation grows with every change of what the endpoint serves; 0 before the first
 * @param live what it serves
 * @param previous what it served before that
 * @param rollout the one that has the endpoint, if one has
 */
public record EndpointState(
        long generation, Optional<Revision> live, Optional<Revision> previous, Optional<RolloutReservation> rollout) {
    public static final EndpointState EMPTY =
            new EndpointState(0, Optional.empty(), Optional.empty(), Optional.empty());

    public EndpointState {
        Objects.requireNonNull(live);
        Objects.requireNonNull(previous);
        Objects.requireNonNull(rollout);
    }

    /** What it serves, in words. */
    public String liveText() {
        return live.map(r -> r.version().text()).orElse("nothing");
    }

    /** Whether the endpoint still belongs to this rollout and serves its candidate. */
    public boolean isServed(Rollout byThis) {
        return rollout.filter(r -> r.of(byThis)).isPresent()
                && live.filter(r -> r.version().same(byThis.candidate())).isPresent();
    }

    /** Why a rollout that had the endpoint has to end. */
    public String overtaken(String endpoint) {
        return "Another rollout changed the endpoint " + endpoint + ": it serves " + liveText()
                + " now, in generation " + generation
                + ". This rollout changed nothing after that. Check which version must be live, and deploy" + " again.";
    }
}
