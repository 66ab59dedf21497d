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
 * @param gate what is checked; a baseline file that it names was read
 * @param metrics of the candidate, instead of those that the registry holds
 */
public record GateRequest(ModelRef model, Optional<String> registry, Gate gate, Optional<Metrics> metrics) {
    public GateRequest {
        Objects.requireNonNull(model);
        Objects.requireNonNull(gate);
        if (gate.baseline().orElse(null) instanceof BaselineSource.File file
                && file.content().isEmpty()) {
            throw new IllegalArgumentException("a baseline file that was not read");
        }
    }

    public GateRequest of(ModelRef other, Optional<String> itsRegistry) {
        return new GateRequest(other, itsRegistry, gate, metrics);
    }
}
