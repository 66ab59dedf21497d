package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a rollout waits for. */
final class DeployWaits {
    private static final Duration POLL = Duration.ofMillis(500);
    /** How often a wait that goes on is mentioned, in seconds. */
    private static final int MENTIONED = 30;

    private final Clock clock;
    private String last = "";

    DeployWaits(Clock clock) {
        this.clock = clock;
    }

    /** The reason changes now and then, so that a driver that logs each reason once goes on logging that it waits. */
    Progress on(Page page, String reason) {
        last = reason;
        List<Entered> entered = Entered.of(page.data());
        Instant since = entered.isEmpty()
                ? clock.instant()
                : entered.get(entered.size() - 1).time();
        long seconds = Duration.between(since, clock.instant()).toSeconds() / MENTIONED * MENTIONED;
        return new Progress.Waiting(POLL, reason + (seconds <= 0 ? "" : " (for " + seconds + " s)"));
    }

    /** What was waited for last, as the end of a sentence; empty if nothing was. */
    String last() {
        return last.isEmpty() ? "" : ": " + last;
    }

    /** As {@link #last}, or what is known otherwise. */
    String lastOr(String otherwise) {
        return last.isEmpty() ? otherwise : last;
    }

    static String stated(Readiness readiness) {
        return readiness.reason().isEmpty() ? "" : ": " + readiness.reason();
    }
}
