package io.jenkins.plugins.modeldelivery.engine.http;

/**
 * Keeps a failing server from being stormed: retries are at most a reserve and a fifth of all calls. Thread-safe.
 */
final class RetryBudget {
    private static final int RETRY = 5;
    private static final int RESERVE = 50 * RETRY;

    private int tokens = RESERVE;

    synchronized void called() {
        tokens = Math.min(RESERVE, tokens + 1);
    }

    /** Whether one more retry may be made; counts it. */
    synchronized boolean take() {
        if (tokens < RETRY) {
            return false;
        }
        tokens -= RETRY;
        return true;
    }
}
