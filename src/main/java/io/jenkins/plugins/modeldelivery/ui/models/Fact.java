package io.jenkins.plugins.modeldelivery.ui.models;

/** A name and what is known under it. */
public final class Fact {
    private final String name;
    private final String value;
    private final boolean code;

    Fact(String name, String value, boolean code) {
        this.name = name;
        this.value = value;
        this.code = code;
    }

    public String getName() {
        return name;
    }

    public String getValue() {
        return value;
    }

    /** Whether it is nothing to read, as a digest. */
    public boolean isCode() {
        return code;
    }
}
