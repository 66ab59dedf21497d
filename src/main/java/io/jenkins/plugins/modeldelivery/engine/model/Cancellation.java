package io.jenkins.plugins.modeldelivery.engine.model;

/** A request to stop, shared between those who may ask and what is running. Thread-safe. */
public interface Cancellation {
    Cancellation NONE = new Cancellation() {
        @Override
        public boolean requested() {
            return false;
        }

        @Override
        public Registration onCancel(Runnable action) {
            return () -> {};
        }
    };

    boolean requested();

    /**
     * Runs {@code action} once when cancellation is asked for (at once, if it has been already), on the thread that asks.
     *
     * @return take the action back with {@link Registration#close()}
     */
    Registration onCancel(Runnable action);

    /** Throws a {@link DeliveryException} with {@link ErrorKind#CANCELLED} if cancellation was asked for. */
    default void throwIfRequested() {
        if (requested()) {
            throw ErrorKind.CANCELLED.error("Cancelled");
        }
    }

    /** What {@link #onCancel} gave; closing it forgets the action. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
