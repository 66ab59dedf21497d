package io.jenkins.plugins.modeldelivery.engine.record;

/**
 * How the check of a record ended.
 *
 * @param intact whether every line is as it was written, and none is missing
 * @param events how many lines were found in order
 * @param message one sentence; names the first broken line
 */
public record Verification(boolean intact, long events, String message) {}
