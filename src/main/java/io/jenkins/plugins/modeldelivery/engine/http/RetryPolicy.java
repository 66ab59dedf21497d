package io.jenkins.plugins.modeldelivery.engine.http;

import io.github.resilience4j.core.IntervalFunction;
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

    private static final double GROWTH = 2;
    /** As close to full jitter as the library lets it be. */
    private static final double JITTER = 0.99;

    private final int retries;
    private final IntervalFunction backoff;
    private final Clock clock;

    RetryPolicy(HttpSettings settings, Clock clock) {
        this.clock = clock;
        this.retries = settings.retries();
        this.backoff = IntervalFunction.ofExponentialRandomBackoff(
                settings.firstPause(), GROWTH, JITTER, settings.longestPause());
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
}
