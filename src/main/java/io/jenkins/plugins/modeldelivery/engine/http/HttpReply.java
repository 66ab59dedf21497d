package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param status HTTP status
 * @param headers by lower-case name
 * @param body whole, at most the call's {@code maxReply}; empty array if there was none or a sink took it
 */
public record HttpReply(int status, Map<String, List<String>> headers, byte[] body) {
    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** What kind of problem a status of 300 or more is. */
    public ErrorKind kind() {
        return switch (status) {
            case 400, 422 -> ErrorKind.INVALID_INPUT;
            case 401, 403, 407 -> ErrorKind.DENIED;
            case 404, 405, 501 -> ErrorKind.UNSUPPORTED;
            case 409 -> ErrorKind.CONFLICT;
            case 429, 502, 503, 504 -> ErrorKind.UNREACHABLE;
            default -> ErrorKind.SERVER;
        };
    }

    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
