package io.jenkins.plugins.modeldelivery.engine.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The part of the data that a metric was measured on: {@code {age=old,country=DE}}; empty for all of it. Sorted by its text,
 * which no two different slices share. Immutable.
 */
public final class Slice implements Comparable<Slice> {
    public static final Slice ALL = new Slice(Collections.emptySortedMap());

    private final SortedMap<String, String> keys;

    /** Kept, since slices are sorted and looked up by it. */
    private final String text;

    private Slice(SortedMap<String, String> keys) {
        this.keys = keys;
        this.text = keys.isEmpty()
                ? ""
                : keys.entrySet().stream()
                        .map(e -> NameQuoting.name(e.getKey()) + "=" + NameQuoting.value(e.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
    }

    public static Slice of(Map<String, String> keys) {
        return keys.isEmpty() ? ALL : new Slice(Collections.unmodifiableSortedMap(new TreeMap<>(keys)));
    }

    /** Sorted, unmodifiable. */
    public SortedMap<String, String> keys() {
        return keys;
    }

    public boolean isAll() {
        return keys.isEmpty();
    }

    @Override
    public int compareTo(Slice other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Slice that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As a check writes it: {@code {age=old,city="New York"}}, or "" for all of the data. */
    @Override
    public String toString() {
        return text;
    }
}
