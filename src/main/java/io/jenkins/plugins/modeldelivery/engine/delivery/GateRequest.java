package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be gated.
 *
 * @param registry configured name, empty for the default
 * @param gate its baseline, if any, is already read where it is a file
 * @param metrics of the candidate, instead of those that the registry holds
 */
public record GateRequest(ModelRef model, Optional<String> registry, Gate gate, Optional<Metrics> metrics) {
    public GateRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(gate);
    }

    public GateRequest of(ModelRef other, Optional<String> itsRegistry) {
        return new GateRequest(other, itsRegistry, gate, metrics);
    }
}
