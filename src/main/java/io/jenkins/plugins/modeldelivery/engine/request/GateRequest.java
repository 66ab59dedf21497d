package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be gated.
 *
 * @param registry configured name, empty for the default
 * @param gate what is checked
 * @param metrics of the candidate, instead of those that the registry holds
 * @param baseline what the gate's baseline file says; present exactly if its baseline is a file
 */
public record GateRequest(
        ModelRef model, Optional<String> registry, Gate gate, Optional<Metrics> metrics, Optional<Metrics> baseline) {
    public GateRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(gate);
        if (baseline.isPresent() != (gate.baseline().orElse(null) instanceof BaselineSource.File)) {
            throw new IllegalArgumentException("a baseline file's metrics, exactly if the gate names such a file");
        }
    }

    /** For a gate whose baseline is not a file. */
    public GateRequest(ModelRef model, Optional<String> registry, Gate gate, Optional<Metrics> metrics) {
        this(model, registry, gate, metrics, Optional.empty());
    }

    public GateRequest of(ModelRef other, Optional<String> itsRegistry) {
        return new GateRequest(other, itsRegistry, gate, metrics, baseline);
    }
}
