package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a step or a builder asks for, in the form of its section of a {@code delivery.yaml}. Holds names of what is
 * configured, never a URL or a secret.
 *
 * @param parameters not to be changed
 */
public record OperationRequest(OperationType type, ObjectNode parameters) {
    /** What steps have and sections have not, since a whole delivery says it once. */
    private static final List<String> BESIDE = List.of("model", "registry", "dryRun");

    public OperationRequest {
        Objects.requireNonNull(type);
        Objects.requireNonNull(parameters);
    }

    /** @throws DeliveryException CORRUPT if it is not what {@link #text} gave */
    public static OperationRequest parse(OperationType type, String text) {
        if (Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.CORRUPT, "The stored request of " + type.step())
                instanceof ObjectNode parameters) {
            return new OperationRequest(type, parameters);
        }
        throw ErrorKind.CORRUPT.error("The stored request of " + type.step() + " is no object.");
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
        if (type == OperationType.DELIVER) {
            return;
        }
        if (type != OperationType.REGISTER) {
            section.remove(BESIDE);
        }
        String key = type.key();
        ObjectNode document = Json.object();
        document.set(key, section);
        List<DocumentSchema.Fault> faults = DocumentSchema.delivery().faults(document, key);
        if (!faults.isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error(type.step() + ": "
                    + faults.stream()
                            .map(fault -> fault.toString().replaceFirst("^" + key + "\\.", ""))
                            .collect(Collectors.joining("; ")));
        }
    }

    Optional<String> find(String key) {
        return parameters.hasNonNull(key) ? Optional.of(parameters.path(key).asText()) : Optional.empty();
    }

    /** As this, for this very version. */
    OperationRequest of(String model, String registry) {
        ObjectNode copy = parameters.deepCopy();
        copy.put("model", model);
        copy.put("registry", registry);
        return new OperationRequest(type, copy);
    }
}
