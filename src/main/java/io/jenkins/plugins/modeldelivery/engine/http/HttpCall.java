package io.jenkins.plugins.modeldelivery.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final String HEADER_MARKS = "!#$%&'*+-.^_`|~";

    public HttpCall {
        Objects.requireNonNull(method);
        Objects.requireNonNull(uri);
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body);
        Objects.requireNonNull(purpose);
    }

    public static HttpCall read(URI uri, Duration timeout, long maxReply, String purpose) {
        return new HttpCall("GET", uri, Map.of(), Optional.empty(), Idempotency.SAFE, timeout, maxReply, purpose, true);
    }

    /** A request body that can be opened again for a retry; streamed, never whole in memory unless it was small to begin. */
    public interface Body {
        /** Media type, e.g. {@code application/json}. */
        String type();

        long length();

        InputStream open() throws IOException;

        static Body of(String type, long length, Opener opener) {
            return new Opened(type, length, opener);
        }

        static Body json(JsonNode json) {
            byte[] text = Json.text(json).getBytes(StandardCharsets.UTF_8);
            return of("application/json", text.length, () -> new ByteArrayInputStream(text));
        }

        /** @param size in bytes; if the file has another when it is sent, that is an error of the call */
        static Body file(Path file, long size) {
            return of("application/octet-stream", size, () -> Files.newInputStream(file));
        }
    }

    public interface Opener {
        InputStream open() throws IOException;
    }

    private record Opened(String type, long length, Opener opener) implements Body {
        @Override
        public InputStream open() throws IOException {
            return opener.open();
        }
    }

    /** What a request may hold (RFC 9110, section 5). */
    public static boolean isHeaderName(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || HEADER_MARKS.indexOf(c) >= 0);
    }

    /** Visible ASCII characters and blanks. */
    public static boolean isHeaderValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
