package io.jenkins.plugins.modeldelivery.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a step or a builder asks for, in the form of its section of a {@code delivery.yaml}. Holds names of what is
 * configured, never a URL or a secret.
 *
 * @param parameters not to be changed
 */
public record VerbRequest(Verb verb, ObjectNode parameters) {
    /** What steps have and sections have not, since a whole delivery says it once. */
    private static final List<String> BESIDE = List.of("model", "registry", "dryRun");

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

    /**
     * Whether it would be right as a section of a {@code delivery.yaml}.
     *
     * @throws DeliveryException INVALID_INPUT that names every parameter that is wrong
     */
    void check() {
        ObjectNode section = parameters.deepCopy();
        if (verb == Verb.DELIVER) {
            return;
        }
        if (verb != Verb.REGISTER) {
            section.remove(BESIDE);
        }
        String key = verb.name().toLowerCase(Locale.ROOT);
        ObjectNode document = Json.object();
        document.set(key, section);
        List<Shape.Fault> faults = Shape.delivery().faults(document, key);
        if (!faults.isEmpty()) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    verb.step() + ": "
                            + faults.stream()
                                    .map(fault -> fault.toString().replaceFirst("^" + key + "\\.", ""))
                                    .collect(Collectors.joining("; ")));
        }
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
