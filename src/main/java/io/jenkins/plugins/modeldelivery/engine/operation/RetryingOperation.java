package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Waits out a server that is away for a while, instead of giving up at once. */
public final class RetryingOperation implements Operation {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Set<ErrorKind> AWAY = Set.of(ErrorKind.UNREACHABLE, ErrorKind.TIMED_OUT);

    private final Operation operation;
    private final Duration patience;
    private final Clock clock;
    private Instant awaySince;

    /** @param patience how long a server may be away; zero gives up at once */
    public RetryingOperation(Operation operation, Duration patience, Clock clock) {
        this.operation = operation;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public Progress advance(Journal journal) {
        try {
            Progress progress = operation.advance(journal);
            awaySince = null;
            return progress;
        } catch (DeliveryException e) {
            Instant now = clock.instant();
            if (awaySince == null) {
                awaySince = now;
            }
            if (!AWAY.contains(e.kind()) || !now.isBefore(awaySince.plus(patience))) {
                throw e;
            }
            return new Progress.Waiting(PAUSE, e.getMessage());
        }
    }
}
