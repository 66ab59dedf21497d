package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import java.util.Optional;

/**
 * Which registry and target an operation is for where its request names none. That is made out once: while the operation
 * waits, another may become the default, and what it has begun is not there.
 *
 * @param item full name
 */
record DefaultNames(ModelDeliveryConfiguration configuration, String item) {
    /**
     * Writes the names into the request.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if none is meant, DENIED if the
     *     item may not use what is named
     */
    void write(OperationType type, ObjectNode request) {
        boolean registers = request.path("register") instanceof ObjectNode;
        registry(type == OperationType.DELIVER && registers ? (ObjectNode) request.path("register") : request);
        if (type == OperationType.DEPLOY) {
            target(request);
        } else if (type == OperationType.DELIVER && request.path("deploy") instanceof ObjectNode deploy) {
            target(deploy);
        }
    }

    private void registry(ObjectNode section) {
        Optional<String> given = given(section, "registry");
        section.put("registry", configuration.registry(given, item).getName());
    }

    private void target(ObjectNode section) {
        Optional<String> given = given(section, "target");
        section.put("target", configuration.target(given, item).getName());
    }

    private static Optional<String> given(ObjectNode section, String key) {
        return Optional.ofNullable(section.path(key).textValue()).filter(name -> !name.isBlank());
    }
}
