package io.jenkins.plugins.modeldelivery.build.access;

import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Registries and targets that are open, shared by all builds with the same configuration and credentials: a client is dear,
 * and waiting builds ask often. One that nobody has used for a while is closed.
 */
public final class ConnectionCache {
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<Connection<?>, Open<?>> all = new HashMap<>();

    public ConnectionCache(Clock clock) {
        this.clock = clock;
    }

    /** Opened or shared; to be given back. */
    synchronized <T extends AutoCloseable> Lease<T> lease(Connection<T> connection) {
        closeIdle();
        @SuppressWarnings("unchecked") // The key's own type.
        Open<T> open =
                (Open<T>) all.computeIfAbsent(connection, c -> new Open<>(connection.open(clock, Sleeper.BRIEF)));
        open.users++;
        return new Lease<>(this, open);
    }

    private synchronized void back(Open<?> open) {
        open.users--;
        open.since = clock.instant();
    }

    private void closeIdle() {
        Instant before = clock.instant().minus(IDLE);
        for (Iterator<Open<?>> each = all.values().iterator(); each.hasNext(); ) {
            Open<?> open = each.next();
            if (open.users == 0 && open.since.isBefore(before)) {
                each.remove();
                open.close();
            }
        }
    }

    public synchronized void closeAll() {
        all.values().forEach(Open::close);
        all.clear();
    }

    private static final class Open<T extends AutoCloseable> {
        private final T value;
        private int users;
        private Instant since = Instant.MAX;

        Open(T value) {
            this.value = value;
        }

        private void close() {
            try {
                value.close();
            } catch (Exception e) {
                // Nothing depends on it any more.
                return;
            }
        }
    }

    /** The use of one; closing it gives it back. */
    static final class Lease<T extends AutoCloseable> implements AutoCloseable {
        private final ConnectionCache connections;
        private final Open<T> open;

        private Lease(ConnectionCache connections, Open<T> open) {
            this.connections = connections;
            this.open = open;
        }

        T value() {
            return open.value;
        }

        @Override
        public void close() {
            connections.back(open);
        }
    }
}
