package io.jenkins.plugins.modeldelivery.engine.policy;

import java.util.Locale;

/** Where the numbers of one side of a gate's report come from. */
public enum NumbersFrom {
    /** Registered with the version; the record knows their hash. */
    REGISTRATION("registered with the version"),
    /** What the registry shows now, as a run's last values, for a version that was registered without numbers. */
    REGISTRY("read from the registry"),
    /** What the registry shows now, and other numbers were registered with the version. */
    CHANGED("changed in the registry since the version was registered"),
    /** A file that the one who ran the gate gave. */
    REQUEST("given with the request");

    private final String words;

    NumbersFrom(String words) {
        this.words = words;
    }

    /** As it stands in events. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it follows "numbers that were". */
    public String words() {
        return words;
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static NumbersFrom of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
