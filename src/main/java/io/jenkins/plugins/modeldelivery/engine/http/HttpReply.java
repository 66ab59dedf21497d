package io.jenkins.plugins.modeldelivery.engine.http;

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

    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
