package io.jenkins.plugins.modeldelivery.engine.http;

/** What a call may do to the server if it arrives twice; decides which failures are retried. */
public enum Idempotency {
    /** Reads only. */
    SAFE,
    /** Arriving twice leaves the same state as arriving once (PUT of the same bytes, setting a tag). */
    IDEMPOTENT,
    /**
     * Arriving twice does something twice (most POSTs). Sent again only if it certainly did not arrive, or the server
     * said that it did not act (429, 503 with Retry-After); otherwise the failure tells that it may have arrived, and the
     * caller looks before it sends again.
     */
    ONCE
}
