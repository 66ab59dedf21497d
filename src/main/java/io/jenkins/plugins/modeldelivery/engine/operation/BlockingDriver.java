package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.util.function.Consumer;

/** Moves an operation to its end on the calling thread: the driver of the command line and of freestyle builds. */
public final class BlockingDriver {
    private final Sleeper pause;
    private final Cancellation cancellation;
    private final Consumer<String> waiting;

    /** @param waiting is told why it waits, once for each new reason */
    public BlockingDriver(Sleeper pause, Cancellation cancellation, Consumer<String> waiting) {
        this.pause = pause;
        this.cancellation = cancellation;
        this.waiting = waiting;
    }

    /**
     * @return done, refused, or that approvals are needed; never waiting
     * @throws DeliveryException what the operation threw; CANCELLED if the thread was interrupted
     */
    public Progress run(Operation operation, Journal journal) {
        String told = "";
        while (true) {
            Progress progress = operation.advance(journal);
            if (!(progress instanceof Progress.Waiting wait)) {
                return progress;
            }
            if (!wait.reason().isEmpty() && !wait.reason().equals(told)) {
                told = wait.reason();
                waiting.accept(told);
            }
            if (!wait.pause().isZero()) {
                pauseUnlessCancelled(wait);
            }
        }
    }

    /** A cancelled operation may have something to take back, so cancellation ends a pause but never the loop. */
    private void pauseUnlessCancelled(Progress.Waiting wait) {
        if (cancellation.requested()) {
            pause.pause(wait.pause(), Cancellation.NONE);
            return;
        }
        try {
            pause.pause(wait.pause(), cancellation);
        } catch (DeliveryException e) {
            if (!cancellation.requested()) {
                throw e;
            }
        }
    }
}
