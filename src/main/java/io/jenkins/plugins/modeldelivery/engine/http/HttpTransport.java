package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.io.IOException;
import java.io.InputStream;

/**
 * Sends requests to one server. Retries, time-outs, redirects, size caps and authentication are its business; the meaning
 * of a status is the caller's. Thread-safe.
 */
public interface HttpTransport extends AutoCloseable {
    /**
     * Sends a call and returns whatever status came back in the end (retryable ones only after the retries are used up).
     *
     * @throws TransportException if no whole reply came
     */
    HttpReply send(HttpCall call, Cancellation cancellation);

    /**
     * As {@link #send}, but gives the body of a successful reply to the sink, as stored (no compression is asked for). A
     * retry calls the sink again from the start.
     *
     * @throws TransportException if no whole reply came
     */
    HttpReply download(HttpCall call, Sink sink, Cancellation cancellation);

    /** Knows the secrets of this transport; any text of a reply goes through it before anybody sees it. */
    default Redactor redactor() {
        return Redactor.NONE;
    }

    @Override
    void close();

    @FunctionalInterface
    interface Sink {
        /** @param length in bytes, -1 if the server does not say */
        void accept(InputStream body, long length) throws IOException;
    }
}
