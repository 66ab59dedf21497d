package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.ExtensionList;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryThreads;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tells all listeners what an operation has come to, and survives what they throw. */
final class OutcomeNotifier {
    /** How long a step waits for listeners, which may wait for servers that are none of a delivery's business. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Logger LOGGER = Logger.getLogger(OutcomeNotifier.class.getName());

    private OutcomeNotifier() {}

    /** Is done, and never failed, when all have been told or patience is over. */
    static CompletableFuture<Void> ended(OutcomeListener.Ended operation) {
        return notifyListeners(listener -> listener.ended(operation))
                .completeOnTimeout(null, PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    static void failed(OperationType type, ErrorKind problem) {
        notifyListeners(listener -> listener.failed(type, problem));
    }

    private static CompletableFuture<Void> notifyListeners(Consumer<OutcomeListener> news) {
        List<OutcomeListener> listeners = ExtensionList.lookup(OutcomeListener.class);
        return listeners.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.runAsync(
                        () -> listeners.forEach(listener -> callSafely(listener, news)),
                        task -> DeliveryThreads.get().runNotification(task));
    }

    /** An optional plugin in another version than ours was built with throws errors, not exceptions. */
    private static void callSafely(OutcomeListener listener, Consumer<OutcomeListener> news) {
        try {
            news.accept(listener);
        } catch (RuntimeException | LinkageError e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> listener.getClass().getName() + " failed; the build goes on as if it had not been told");
        }
    }
}
