package io.jenkins.plugins.modeldelivery.build.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs work on the threads of an executor, for each server so much at once and no more; the rest waits without a thread. Known
 * as the bulkhead pattern. Thread-safe.
 */
final class Bulkheads {
    private static final Logger LOGGER = Logger.getLogger(Bulkheads.class.getName());

    private final Executor executor;
    private final int most;
    private final Map<String, Server> servers = new HashMap<>();

    /** @param most how much runs at once for one server */
    Bulkheads(Executor executor, int most) {
        this.executor = executor;
        this.most = most;
    }

    private static final class Server {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private int running;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if the executor is shut down */
    void run(Runnable task, String server) {
        synchronized (servers) {
            Server its = servers.computeIfAbsent(server, name -> new Server());
            if (its.running == most) {
                its.waiting.add(task);
                return;
            }
            its.running++;
        }
        executor.execute(() -> runAll(task, server));
    }

    /** The thread stays with the server as long as there is work for it. */
    private void runAll(Runnable first, String server) {
        for (Runnable task = first; task != null; task = next(server)) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                // Else its place would be taken for ever, and what waits would wait for ever.
                LOGGER.log(Level.WARNING, e, () -> "Work for " + server + " failed");
            }
        }
    }

    private Runnable next(String server) {
        synchronized (servers) {
            Server its = servers.get(server);
            Runnable next = its.waiting.poll();
            if (next == null && --its.running == 0) {
                servers.remove(server);
            }
            return next;
        }
    }
}
