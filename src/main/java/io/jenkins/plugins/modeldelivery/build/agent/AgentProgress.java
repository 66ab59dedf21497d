package io.jenkins.plugins.modeldelivery.build.agent;

import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Says in the build's log how far a transfer is, every ten seconds. */
final class AgentProgress implements TransferProgress {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final TaskListener listener;
    private final Clock clock;
    private Instant last;

    AgentProgress(TaskListener listener, Clock clock) {
        this.listener = listener;
        this.clock = clock;
        this.last = clock.instant();
    }

    @Override
    public synchronized void transferred(long done, long total) {
        Instant now = clock.instant();
        if (now.isBefore(last.plus(PAUSE))) {
            return;
        }
        last = now;
        long percent = total > 0 ? done * 100 / total : 0;
        listener.getLogger().printf(Locale.ROOT, "transfer     %3d %%  %,d of %,d bytes%n", percent, done, total);
    }
}
