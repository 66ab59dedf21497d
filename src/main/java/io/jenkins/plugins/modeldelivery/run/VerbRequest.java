package io.jenkins.plugins.modeldelivery.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * What a step or a builder asks for, in the form of its section of a {@code delivery.yaml}. Holds names of what is
 * configured, never a URL or a secret.
 *
 * @param parameters not to be changed
 */
public record VerbRequest(Verb verb, ObjectNode parameters) {
    public VerbRequest {
        Objects.requireNonNull(verb);
        Objects.requireNonNull(parameters);
    }

    /** @throws DeliveryException CORRUPT if it is not what {@link #text} gave */
    public static VerbRequest parse(Verb verb, String text) {
        if (Json.read(text.getBytes(StandardCharsets.UTF_8), Problem.CORRUPT, "The stored request of " + verb.step())
                instanceof ObjectNode parameters) {
            return new VerbRequest(verb, parameters);
        }
        throw new DeliveryException(Problem.CORRUPT, "The stored request of " + verb.step() + " is no object.");
    }

    /** The parameters as they are stored. */
    public String text() {
        return Json.text(parameters);
    }

    Optional<String> find(String key) {
        return parameters.hasNonNull(key) ? Optional.of(parameters.path(key).asText()) : Optional.empty();
    }

    /** As this, for this very version. */
    VerbRequest of(String model, String registry) {
        ObjectNode copy = parameters.deepCopy();
        copy.put("model", model);
        copy.put("registry", registry);
        return new VerbRequest(verb, copy);
    }
}
