package io.jenkins.plugins.modeldelivery.engine.serving;

import java.util.Objects;

/**
 * How far a server is with a version.
 *
 * @param state in our words
 * @param reason the server's own text, quoted and sanitised; empty if it gave none
 */
public record Readiness(State state, String reason) {
    public enum State {
        /** The server does not know it, as after a restart: it must be asked to load it again. */
        ABSENT,
        LOADING,
        READY,
        FAILED
    }

    public Readiness {
        Objects.requireNonNull(state);
        Objects.requireNonNull(reason);
    }

    public static Readiness ready() {
        return new Readiness(State.READY, "");
    }

    public static Readiness absent(String reason) {
        return new Readiness(State.ABSENT, reason);
    }

    public static Readiness loading(String reason) {
        return new Readiness(State.LOADING, reason);
    }

    public static Readiness failed(String reason) {
        return new Readiness(State.FAILED, reason);
    }

    public boolean isReady() {
        return state == State.READY;
    }
}
