package io.jenkins.plugins.modeldelivery.engine.operation;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Locks within this process. They never block: a caller that gets no lock waits and asks again. */
public final class InProcessLocks {
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /** The lock of an alias; empty if it is held. Callers must close it. */
    public Optional<Lock> onAlias(String registry, String model, String alias) {
        return on(registry + '\n' + model + '\n' + alias);
    }

    /**
     * The lock of one operation, against a second run of the same operation; empty if it is held. Callers must close it.
     *
     * @param id of the operation, without line breaks
     */
    public Optional<Lock> onOperation(String id) {
        return on(id);
    }

    private Optional<Lock> on(String key) {
        return held.add(key) ? Optional.of(() -> held.remove(key)) : Optional.empty();
    }

    /** Held until it is closed. */
    @FunctionalInterface
    public interface Lock extends AutoCloseable {
        @Override
        void close();
    }
}
