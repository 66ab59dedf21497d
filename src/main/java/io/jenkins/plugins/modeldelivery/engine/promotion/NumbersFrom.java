package io.jenkins.plugins.modeldelivery.engine.promotion;

import java.util.Locale;

/** Where the numbers of a gate's report come from. */
public enum NumbersFrom {
    /** Registered with the version; the record knows their hash. */
    REGISTRATION,
    /** What the registry shows now, as a run's last values. */
    REGISTRY,
    /** A file that the one who ran the gate gave. */
    REQUEST;

    /** As it stands in events. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static NumbersFrom of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
