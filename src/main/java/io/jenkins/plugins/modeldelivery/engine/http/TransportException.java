package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;

/** No whole reply came, or none that may be used. */
public final class TransportException extends DeliveryException {
    private static final long serialVersionUID = 1L;

    private final boolean mayHaveArrived;

    public TransportException(ErrorKind problem, String message, boolean mayHaveArrived, Throwable cause) {
        super(problem, message, cause);
        this.mayHaveArrived = mayHaveArrived;
    }

    /** Whether the server may have acted on the request all the same; look before sending it again. */
    public boolean mayHaveArrived() {
        return mayHaveArrived;
    }
}
