package io.jenkins.plugins.modeldelivery.engine.delivery;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who is changing what within this process. Never blocks: whoever does not get a claim waits and asks again. */
public final class Claims {
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    /** The claim on an alias; empty if it is held. Closing it gives it back. */
    public Optional<Claim> onAlias(String registry, String model, String alias) {
        return on(registry + '\n' + model + '\n' + alias);
    }

    /**
     * The claim on doing one thing, for those who would do the same at once; empty if it is held.
     *
     * @param id of the operation, in which no line ends
     */
    public Optional<Claim> onOperation(String id) {
        return on(id);
    }

    private Optional<Claim> on(String key) {
        return held.add(key) ? Optional.of(() -> held.remove(key)) : Optional.empty();
    }

    /** The right to change something, until closed. */
    @FunctionalInterface
    public interface Claim extends AutoCloseable {
        @Override
        void close();
    }
}
