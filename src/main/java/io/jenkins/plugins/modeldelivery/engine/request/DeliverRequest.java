package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.util.Objects;
import java.util.Optional;

/**
 * The operations of a delivery, in their order. The model in {@code gate}, {@code promote} and {@code deploy} is replaced by what
 * was registered, or by {@code model}.
 *
 * @param model instead of a registration
 * @param registry of {@code model}; empty for the default
 */
public record DeliverRequest(
        Optional<RegisterRequest> register,
        Optional<ModelRef> model,
        Optional<String> registry,
        Optional<GateRequest> gate,
        OnFailure onFailure,
        Optional<PromoteRequest> promote,
        Optional<DeployRequest> deploy) {

    /** What a negative verdict of the gate does to the delivery. */
    public enum OnFailure {
        FAIL,
        UNSTABLE,
        CONTINUE
    }

    public DeliverRequest {
        Objects.requireNonNull(onFailure);
        if (register.isPresent() == model.isPresent()) {
            throw new IllegalArgumentException("either a registration or a model");
        }
    }
}
