package io.jenkins.plugins.modeldelivery.engine.simulation;

/** What no code catches, as no code catches a power cut. */
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
        super("crash", null, false, false);
    }
}
