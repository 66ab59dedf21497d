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

    /** A failure of the local disk. The message is "Cannot read /path: …". */
    public static DeliveryException ofDisk(String tried, Exception e) {
        return ErrorKind.LOCAL_IO.error("Cannot " + tried + ": " + e, e);
    }

    /** For callers that know what an error of this kind means here; every other one goes on up. */
    public void rethrowUnless(ErrorKind expected) {
        if (problem != expected) {
            throw this;
        }
    }

    /** For callers that go on after any other error. */
    public void rethrowIf(ErrorKind kind) {
        if (problem == kind) {
            throw this;
        }
    }

    /** What kind of problem this is; callers decide by it, never by the text. */
    public ErrorKind kind() {
        return problem;
    }
}
