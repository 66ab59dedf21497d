package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import okhttp3.Dns;

/** The transport on OkHttp: {@link HttpAttempt} tries once, this decides whether there is another try. Thread-safe. */
public final class OkHttpTransport implements HttpTransport {
    /** For administrators who look for the cause of an error: one line for each request at the level FINE. */
    private static final Logger LOGGER = Logger.getLogger(OkHttpTransport.class.getName());

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 5;
    /** A body of more bytes is a file. */
    private static final long MOST_SENT_AT_ONCE = 1 << 20;

    private final HttpSettings settings;
    private final HttpClients clients;
    private final RetryPolicy rules;
    private final Redactor redactor;
    private final Clock clock;
    private final Sleeper pause;
    private final AtomicReference<Quiet> quiet = new AtomicReference<>(new Quiet("", Instant.MIN));

    /** Until when a server has asked not to be asked again. */
    private record Quiet(String origin, Instant until) {
        boolean holds(URI uri, Instant now) {
            return now.isBefore(until) && WebUrl.origin(uri).equals(origin);
        }
    }

    /**
     * @param pause where it is brief, a short call whose next try is further away fails as the last one did; the caller tries
     *     again. Transfers, which hold a thread anyway, wait in any case
     * @throws DeliveryException INVALID_INPUT if the certificates or the key are unusable
     */
    public OkHttpTransport(HttpSettings settings, Clock clock, Sleeper pause) {
        this(settings, clock, pause, Dns.SYSTEM);
    }

    OkHttpTransport(HttpSettings settings, Clock clock, Sleeper pause, Dns names) {
        this.settings = settings;
        this.clock = clock;
        this.pause = pause;
        clients = new HttpClients(settings, names);
        rules = new RetryPolicy(settings, clock);
        List<String> secrets = new ArrayList<>(settings.authentication().secrets());
        settings.proxy().flatMap(HttpSettings.Proxy::login).ifPresent(login -> secrets.addAll(login.secrets()));
        redactor = new Redactor(secrets);
    }

    @Override
    public HttpReply send(HttpCall call, Cancellation cancellation) {
        return exchange(call, Optional.empty(), cancellation);
    }

    @Override
    public HttpReply download(HttpCall call, Sink sink, Cancellation cancellation) {
        return exchange(call, Optional.of(sink), cancellation);
    }

    @Override
    public Redactor redactor() {
        return redactor;
    }

    @Override
    public void close() {
        clients.close();
    }

    private HttpReply exchange(HttpCall call, Optional<Sink> sink, Cancellation cancellation) {
        check(call);
        HttpErrorMessages failures = new HttpErrorMessages(redactor, call);
        Instant now = clock.instant();
        Quiet asked = quiet.get();
        if (asked.holds(call.uri(), now)) {
            throw failures.quiet(asked.until());
        }
        rules.called();
        Instant deadline = now.plus(call.timeout());
        boolean transfer = sink.isPresent()
                || call.body().filter(body -> body.length() > MOST_SENT_AT_ONCE).isPresent();
        Duration longest = transfer ? call.timeout() : pause.longest();
        boolean mayHaveArrived = false;
        for (int tries = 1; ; tries++) {
            if (cancellation.requested()) {
                throw failures.cancelled(mayHaveArrived);
            }
            Duration wait;
            try {
                HttpReply reply = follow(call, sink, deadline, failures, cancellation);
                Duration atLeast = rules.retryAfter(reply).orElse(Duration.ZERO);
                boolean again = rules.repeatable(reply, call.idempotency(), tries);
                if (again && atLeast.compareTo(longest) > 0) {
                    quiet.set(
                            new Quiet(WebUrl.origin(call.uri()), clock.instant().plus(atLeast)));
                    return reply;
                }
                Optional<Duration> next =
                        again ? rules.pause(tries, atLeast, remaining(deadline), longest) : Optional.empty();
                if (next.isEmpty()) {
                    return reply;
                }
                wait = next.get();
            } catch (HttpAttempt.Failed e) {
                TransportException failure = e.failure();
                mayHaveArrived |= failure.mayHaveArrived();
                if (!RetryPolicy.repeatable(failure, call.idempotency())) {
                    throw failure;
                }
                wait = rules.pause(tries, Duration.ZERO, remaining(deadline), longest)
                        .orElseThrow(() -> failure);
            }
            try {
                pause.pause(wait, cancellation);
            } catch (DeliveryException e) {
                throw e.kind() == ErrorKind.CANCELLED ? failures.cancelled(mayHaveArrived) : e;
            }
        }
    }

    private Duration remaining(Instant deadline) {
        return Duration.between(clock.instant(), deadline);
    }

    private HttpReply follow(
            HttpCall call, Optional<Sink> sink, Instant deadline, HttpErrorMessages failures, Cancellation cancellation)
            throws HttpAttempt.Failed {
        URI uri = call.uri();
        for (int redirects = 0; ; redirects++) {
            Duration remaining = remaining(deadline);
            if (remaining.isNegative() || remaining.isZero()) {
                throw failures.timedOut(redirects > 0);
            }
            HttpAttempt attempt = new HttpAttempt(
                    clients.forCall(uri, call.idempotency()),
                    settings.authentication(),
                    failures,
                    call,
                    sink,
                    cancellation,
                    new HttpAttempt.SentListener());
            Instant sent = clock.instant();
            HttpReply reply;
            try {
                reply = attempt.run(uri, remaining);
            } catch (HttpAttempt.Failed e) {
                log(call, uri, sent, e.failure().getMessage());
                throw e;
            }
            log(call, uri, sent, "status " + reply.status());
            Optional<URI> target = REDIRECTS.contains(reply.status()) ? location(uri, reply) : Optional.empty();
            if (target.isEmpty()) {
                return reply;
            }
            boolean allowed = call.idempotency() == Idempotency.SAFE && WebUrl.sameOrigin(uri, target.get());
            if (!allowed || redirects == MOST_REDIRECTS) {
                throw failures.redirected(reply.status(), target.get());
            }
            uri = target.get();
        }
    }

    /** Without the query, which holds the signature of a presigned URL. */
    private void log(HttpCall call, URI uri, Instant sent, String outcome) {
        LOGGER.log(
                Level.FINE,
                () -> redactor.mask(call.method() + " " + WebUrl.origin(uri) + uri.getRawPath()) + ": " + outcome + ", "
                        + Duration.between(sent, clock.instant()).toMillis() + " ms");
    }

    private static Optional<URI> location(URI from, HttpReply reply) {
        try {
            return reply.header("location").map(from::resolve);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void check(HttpCall call) {
        if (!WebUrl.callable(call.uri())) {
            throw ErrorKind.INVALID_INPUT.error("Cannot " + call.purpose()
                    + ": the URL must start with http:// or https://, name a host, and hold no user name or password."
                    + " Configure the credentials apart from the URL.");
        }
    }
}
