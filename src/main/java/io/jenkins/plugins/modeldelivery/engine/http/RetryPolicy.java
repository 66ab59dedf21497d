package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Which outcomes of a call are worth another try, and after how long. Thread-safe. */
final class RetryPolicy {
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 502, 503, 504);
    /** A server that fails inside three times in a row means it; more tries only delay the news. */
    private static final int REPEATS_OF_500 = 2;

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final double JITTER = 0.99;
    /** So that a failing server is not stormed, retries are at most a reserve and a fifth of all calls. */
    private static final int RETRY_COST = 5;

    private static final int RESERVE = 50 * RETRY_COST;

    private final int retries;
    private final Clock clock;
    private int tokens = RESERVE;

    RetryPolicy(HttpSettings settings, Clock clock) {
        this.clock = clock;
        this.retries = settings.retries();
    }

    /** Counts a call towards the budget of retries. */
    synchronized void called() {
        tokens = Math.min(RESERVE, tokens + 1);
    }

    /**
     * The pause before the next try. It doubles with each, with jitter so that many callers do not try at once.
     *
     * @param tries so far, at least 1
     * @param atLeast as the server wants it
     * @param remaining time of the call
     * @param longest pause that the caller can wait
     * @return empty if there is no next try: retries or budget are used up, or the pause is too long
     */
    Optional<Duration> pause(int tries, Duration atLeast, Duration remaining, Duration longest) {
        if (tries > retries) {
            return Optional.empty();
        }
        double mean = FIRST_PAUSE.toMillis() * Math.pow(2, tries - 1);
        double jittered = mean * ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        Duration wait = Duration.ofMillis((long) Math.min(jittered, LONGEST_PAUSE.toMillis()))
                .plus(atLeast);
        boolean fits = wait.compareTo(remaining) < 0 && wait.compareTo(longest) <= 0;
        return fits && takeTokens() ? Optional.of(wait) : Optional.empty();
    }

    private synchronized boolean takeTokens() {
        if (tokens < RETRY_COST) {
            return false;
        }
        tokens -= RETRY_COST;
        return true;
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
}
