package io.jenkins.plugins.modeldelivery.cli.output;

import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** How far a transfer is: one line rewritten on a terminal, a line now and then elsewhere. */
public final class ProgressLine implements TransferProgress {
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean terminal;
    private final Clock clock;
    private Instant last;

    public ProgressLine(PrintWriter out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.last = clock.instant();
    }

    @Override
    public synchronized void transferred(long done, long total) {
        Instant now = clock.instant();
        boolean shown = terminal && done == total && total > 0;
        if (!shown && now.isBefore(last.plus(terminal ? ON_TERMINAL : ELSEWHERE))) {
            return;
        }
        last = now;
        int percent = total > 0 ? (int) (done * 100 / total) : 0;
        String text = String.format("transfer     %3d %%  %,d of %,d bytes", percent, done, total);
        if (terminal) {
            int filled = WIDTH * percent / 100;
            out.print("\r" + text + " [" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "]" + (shown ? "\n" : ""));
        } else {
            out.println(text);
        }
        out.flush();
    }
}
