package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutReservation;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;

/** What ends a rollout without touching anything. */
final class RolloutConflicts {
    private RolloutConflicts() {}

    static DeliveryException inProgress(String endpoint, RolloutReservation other) {
        return new DeliveryException(ErrorKind.CONFLICT, other.refusal(endpoint));
    }

    static DeliveryException overtaken(String endpoint, EndpointState found) {
        return new DeliveryException(ErrorKind.CONFLICT, found.overtaken(endpoint));
    }

    static DeliveryException otherBytes(ServedVersion version, String arrived, String expected) {
        return new DeliveryException(
                ErrorKind.CONFLICT,
                "The files of " + version.text() + " that arrived from registry " + version.registry()
                        + " are not those that were registered: digest " + arrived + " instead of " + expected
                        + ". Nothing was published. Find out who changed them, and register the model again.");
    }
}
