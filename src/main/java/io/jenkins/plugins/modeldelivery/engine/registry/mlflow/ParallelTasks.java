package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/** Does the same for many things at once; the first failure stops the rest and is thrown. */
final class ParallelTasks {
    private final int threads;

    ParallelTasks(int threads) {
        this.threads = threads;
    }

    /** Results in the order of the items. */
    <A, B> List<B> map(List<A> items, Cancellation cancellation, BiFunction<A, Cancellation, B> action) {
        CancellationSource stop = new CancellationSource();
        ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, items.size())));
        try (Cancellation.Registration registration = cancellation.onCancel(stop::cancel)) {
            List<Future<B>> futures = new ArrayList<>(items.size());
            for (A item : items) {
                futures.add(executor.submit(() -> {
                    stop.throwIfRequested();
                    try {
                        return action.apply(item, stop);
                    } catch (RuntimeException e) {
                        stop.cancel();
                        throw e;
                    }
                }));
            }
            return results(futures);
        } finally {
            executor.shutdown();
        }
    }

    /** What stopped the others came first; that they were cancelled is no news. */
    private static <B> List<B> results(List<Future<B>> futures) {
        List<B> results = new ArrayList<>(futures.size());
        RuntimeException first = null;
        for (Future<B> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                RuntimeException failure =
                        e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
                boolean cancelled = failure instanceof DeliveryException d && d.kind() == ErrorKind.CANCELLED;
                if (first == null || !cancelled) {
                    first = failure;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                futures.forEach(f -> f.cancel(true));
                throw ErrorKind.CANCELLED.error("Interrupted", e);
            }
        }
        if (first != null) {
            throw first;
        }
        return results;
    }
}
