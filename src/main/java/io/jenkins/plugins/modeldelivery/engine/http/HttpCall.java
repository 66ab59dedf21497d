package io.jenkins.plugins.modeldelivery.engine.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One request, described.
 *
 * @param method GET, PUT, …
 * @param uri absolute; path and query already encoded
 * @param headers beside those of the authentication
 * @param body absent for none
 * @param idempotency decides about retries
 * @param timeout in all, with every retry; positive
 * @param maxReply bytes of reply body that are read at most; positive. A longer reply is an error, never a cut.
 * @param purpose for messages: "create version of model churn"
 * @param authenticated false where the URL itself is the credential (pre-signed part uploads): no header of the
 *     configured authentication is sent
 */
public record HttpCall(
        String method,
        URI uri,
        Map<String, String> headers,
        Optional<Body> body,
        Idempotency idempotency,
        Duration timeout,
        long maxReply,
        String purpose,
        boolean authenticated) {

    public HttpCall {
        Objects.requireNonNull(method);
        Objects.requireNonNull(uri);
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body);
        Objects.requireNonNull(purpose);
    }

    /** A request body that can be opened again for a retry; streamed, never whole in memory unless it was small to begin. */
    public interface Body {
        /** Media type, e.g. {@code application/json}. */
        String type();

        /** In bytes; known before. */
        long length();

        InputStream open() throws IOException;
    }
}
