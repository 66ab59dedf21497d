package io.jenkins.plugins.modeldelivery.engine.http;

import io.github.resilience4j.core.IntervalFunction;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Which outcomes of a call are worth another try, and after how long. */
final class RetryPolicy {
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 502, 503, 504);
    /** A server that fails inside three times in a row means it; more tries only delay the news. */
    private static final int REPEATS_OF_500 = 2;

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final double GROWTH = 2;
    /** As close to full jitter as the library lets it be. */
    private static final double JITTER = 0.99;

    private final int retries;
    private final IntervalFunction backoff;
    private final Clock clock;

    RetryPolicy(HttpSettings settings, Clock clock) {
        this.clock = clock;
        this.retries = settings.retries();
        this.backoff = IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, JITTER, LONGEST_PAUSE);
    }

    /** Gives the pauses of one call: exponential with jitter, empty when the retries are used up. */
    Pauses pauses() {
        AtomicInteger tried = new AtomicInteger();
        return () -> {
            int attempt = tried.incrementAndGet();
            return attempt > retries ? Optional.empty() : Optional.of(Duration.ofMillis(backoff.apply(attempt)));
        };
    }

    interface Pauses {
        Optional<Duration> next();
    }

    boolean repeatable(HttpReply reply, Idempotency idempotency, int tries) {
        if (idempotency == Idempotency.ONCE) {
            return reply.status() == 429
                    || (reply.status() == 503 && retryAfter(reply).isPresent());
        }
        return TRANSIENT.contains(reply.status()) || (reply.status() == 500 && tries <= REPEATS_OF_500);
    }

    static boolean repeatable(TransportException failure, Idempotency idempotency) {
        boolean passing = failure.kind() == ErrorKind.UNREACHABLE || failure.kind() == ErrorKind.TIMED_OUT;
        return passing && (idempotency != Idempotency.ONCE || !failure.mayHaveArrived());
    }

    /** RFC 9110 section 10.2.3: seconds, or a date. Nonsense counts as absent, a date in the past as zero. */
    Optional<Duration> retryAfter(HttpReply reply) {
        return reply.header("retry-after").map(String::trim).flatMap(this::parse);
    }

    private Optional<Duration> parse(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(capped(Duration.ofSeconds(Long.parseLong(text))));
        }
        try {
            Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration wait = Duration.between(clock.instant(), at);
            return Optional.of(wait.isNegative() ? Duration.ZERO : capped(wait));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration capped(Duration wait) {
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /**
     * Keeps a failing server from being stormed: retries are at most a reserve and a fifth of all calls. Thread-safe.
     */
    static final class Budget {
        private static final int RETRY_COST = 5;
        private static final int RESERVE = 50 * RETRY_COST;

        private int tokens = RESERVE;

        synchronized void called() {
            tokens = Math.min(RESERVE, tokens + 1);
        }

        /** Whether one more retry may be made; counts it. */
        synchronized boolean take() {
            if (tokens < RETRY_COST) {
                return false;
            }
            tokens -= RETRY_COST;
            return true;
        }
    }
}
