package io.jenkins.plugins.modeldelivery.engine.metrics;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * How names and values stand in the text of a check or a slice: in quotes, unless they read back as the same without. So two
 * different names never have the same text.
 */
public final class NameQuoting {
    public static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.:/@-]*");

    /** Numbers, of at most 40 digits; where a value stands they need no quotes. */
    public static final Pattern NUMBER = Pattern.compile("[+-]?(?=[0-9.]{1,41}(?![0-9.]))"
            + "(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3}+)?+(?![0-9])");

    private static final Set<String> RESERVED = Set.of("baseline", "with");

    private NameQuoting() {}

    /** The name of a metric, or the key of a slice. */
    public static String name(String name) {
        return PLAIN.matcher(name).matches() && !RESERVED.contains(name) ? name : quoted(name);
    }

    /** The value of a slice. */
    public static String value(String value) {
        return PLAIN.matcher(value).matches() || NUMBER.matcher(value).matches() ? value : quoted(value);
    }

    public static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
