package io.jenkins.plugins.modeldelivery.engine.serving.openinference;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Requests to a server of the Open Inference Protocol, its replies, and its own words in errors. */
record OpenInferenceCalls(HttpTransport transport, URI base) {
    private static final long MAX_REPLY = 16L * 1024 * 1024;
    static final Duration QUICK = Duration.ofSeconds(20);

    JsonReply answer(HttpReply reply, String purpose) {
        return JsonReply.of(reply, "The reply of " + base + " to the request to " + purpose, transport.redactor());
    }

    HttpReply get(String path, String purpose, CallLimits limits) {
        return send(call("GET", path, Optional.empty(), Idempotency.SAFE, limits.atMost(QUICK), purpose), limits);
    }

    /** @param timeout at most; less if the rollout has less time left */
    HttpReply post(
            String path, JsonNode body, Idempotency idempotency, Duration timeout, String purpose, CallLimits limits) {
        return send(
                call("POST", path, Optional.of(HttpCall.Body.json(body)), idempotency, limits.atMost(timeout), purpose),
                limits);
    }

    private HttpReply send(HttpCall call, CallLimits limits) {
        return transport.send(call, limits.cancellation());
    }

    private HttpCall call(
            String method,
            String path,
            Optional<HttpCall.Body> body,
            Idempotency idempotency,
            Duration timeout,
            String purpose) {
        String root = base.toString();
        URI uri = URI.create(root + (root.endsWith("/") ? "" : "/") + path);
        return new HttpCall(
                method,
                uri,
                Map.of("Accept", "application/json"),
                body,
                idempotency,
                timeout,
                MAX_REPLY,
                purpose,
                true);
    }

    DeliveryException refused(String what, HttpReply reply) {
        String advice = switch (reply.kind()) {
            case DENIED -> " Check the credentials of the serving target and their permissions.";
            case UNSUPPORTED -> " Is this the address of a server of the Open Inference Protocol?";
            case UNREACHABLE -> " The server is unavailable or too busy. Try again later.";
            default -> " See the log of the server.";
        };
        return reply.kind()
                .error("Could not " + what + " at " + base + ": it answered " + reply.status() + " \"" + text(reply)
                        + "\"." + advice);
    }

    /** The server's own words: its error field, or the start of whatever it sent. */
    String text(HttpReply reply) {
        Redactor redactor = transport.redactor();
        try {
            String error = JsonReply.of(reply, "", redactor).quoted("error");
            return error.isEmpty() ? redactor.brief(reply) : error;
        } catch (DeliveryException e) {
            return redactor.brief(reply);
        }
    }
}
