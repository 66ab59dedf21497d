package io.jenkins.plugins.modeldelivery.engine.serving;

/**
 * How a smoke test ended.
 *
 * @param passed whether everything that was asked for held
 * @param reason in words, with the first value that differs; what was compared if it passed
 * @param millis latency of the fastest request, -1 if none was answered
 */
public record SmokeTestResult(boolean passed, String reason, long millis) {}
