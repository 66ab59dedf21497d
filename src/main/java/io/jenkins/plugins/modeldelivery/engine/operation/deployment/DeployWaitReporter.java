package io.jenkins.plugins.modeldelivery.engine.operation.deployment;

import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.StateTransition;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a rollout waits for. */
final class DeployWaitReporter {
    private static final Duration POLL = Duration.ofMillis(500);
    /** How often a wait that goes on is mentioned, in seconds. */
    private static final int MENTIONED = 30;

    private final Clock clock;
    private String last = "";

    DeployWaitReporter(Clock clock) {
        this.clock = clock;
    }

    /** The reason changes now and then, so that a driver that logs each reason once goes on logging that it waits. */
    Progress on(JournalEntry entry, String reason) {
        last = reason;
        List<StateTransition> entered = StateTransition.of(entry.data());
        Instant since = entered.isEmpty()
                ? clock.instant()
                : entered.get(entered.size() - 1).time();
        long seconds = Duration.between(since, clock.instant()).toSeconds() / MENTIONED * MENTIONED;
        return new Progress.Waiting(POLL, reason + (seconds <= 0 ? "" : " (for " + seconds + " s)"));
    }

    /** What a rollout is about that is overdue in a state, without having waited for anything that it could name. */
    static String doing(String state) {
        return switch (state) {
            case "applying" -> "the files had not all arrived";
            case "loading" -> "the server had not answered the request to load the candidate";
            case "switching" -> "the server had not answered the request to load it under the endpoint's name";
            case "smoke-testing", "smoke-testing-live" -> "the smoke test had not been answered";
            default -> "the server had not said that it is ready";
        };
    }

    /** What was waited for last, or what is known otherwise. */
    String lastOr(String otherwise) {
        return last.isEmpty() ? otherwise : last;
    }

    static String stated(Readiness readiness) {
        return readiness.reason().isEmpty() ? "" : ": " + readiness.reason();
    }
}
