package io.jenkins.plugins.modeldelivery.engine.model;

import java.util.ArrayList;
import java.util.List;

/** The side of a {@link Cancellation} that asks. */
public final class CancellationSource implements Cancellation {
    private final List<Runnable> actions = new ArrayList<>();
    private boolean requested;

    /** Asks to stop; runs the registered actions. A second call does nothing. */
    public void cancel() {
        List<Runnable> toRun;
        synchronized (actions) {
            if (requested) {
                return;
            }
            requested = true;
            toRun = List.copyOf(actions);
            actions.clear();
        }
        toRun.forEach(Runnable::run);
    }

    @Override
    public boolean requested() {
        synchronized (actions) {
            return requested;
        }
    }

    @Override
    public Registration onCancel(Runnable action) {
        synchronized (actions) {
            if (!requested) {
                actions.add(action);
                return () -> {
                    synchronized (actions) {
                        actions.remove(action);
                    }
                };
            }
        }
        action.run();
        return () -> {};
    }
}
