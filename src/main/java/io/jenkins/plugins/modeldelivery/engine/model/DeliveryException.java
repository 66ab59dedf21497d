package io.jenkins.plugins.modeldelivery.engine.model;

import java.util.Objects;

/**
 * The one exception of the engine: something that a user, an administrator or a server can mend. Its message says what
 * was tried, on what, what came back, and what to do; it never holds a secret. A bug is any other exception.
 */
public class DeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind problem;

    public DeliveryException(ErrorKind problem, String message) {
        this(problem, message, null);
    }

    public DeliveryException(ErrorKind problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = Objects.requireNonNull(problem);
    }

    /** What was asked for cannot be: the most frequent kind. */
    public static DeliveryException invalidInput(String message) {
        return new DeliveryException(ErrorKind.INVALID_INPUT, message);
    }

    /** What kind of problem this is; callers decide by it, never by the text. */
    public ErrorKind kind() {
        return problem;
    }
}
