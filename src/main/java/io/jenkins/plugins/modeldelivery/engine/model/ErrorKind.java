package io.jenkins.plugins.modeldelivery.engine.model;

/** The kinds of problem that callers tell apart. */
public enum ErrorKind {
    /** An argument, file or configuration is wrong; trying again changes nothing. */
    INVALID_INPUT,
    NOT_FOUND,
    ALREADY_EXISTS,
    /** Somebody else changed it between our reading and our writing. */
    CONFLICT,
    /** The server does not accept our credentials, or does not permit this (401, 403). */
    DENIED,
    /** The server does not offer this (missing endpoint or extension). */
    UNSUPPORTED,
    /** The server was reached and failed, or answered something that makes no sense. */
    SERVER,
    /** The server could not be reached, was lost before it had answered, or says that it is away or too busy for now. */
    UNREACHABLE,
    /**
     * No connection is possible as things are configured: the certificate is not trusted or is for another host, there is no
     * such host, the other end speaks another protocol. Trying again or waiting changes nothing.
     */
    MISCONFIGURED,
    TIMED_OUT,
    CANCELLED,
    /** The local disk failed: full, unreadable, not writable. */
    LOCAL_IO,
    /** Stored data (record, journal, local registry) is damaged. */
    CORRUPT;

    /** @param message as {@link DeliveryException} wants it */
    public DeliveryException error(String message) {
        return error(message, null);
    }

    public DeliveryException error(String message, Throwable cause) {
        return new DeliveryException(this, message, cause);
    }
}
