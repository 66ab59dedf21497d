package io.jenkins.plugins.modeldelivery.engine.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The part of the data that a metric was measured on: {@code {country=DE, age=old}}; empty for all of it. Sorted by its
 * text.
 */
public record Slice(SortedMap<String, String> keys) implements Comparable<Slice> {
    public static final Slice ALL = new Slice(new TreeMap<>());

    public Slice {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    public static Slice of(Map<String, String> keys) {
        return new Slice(new TreeMap<>(keys));
    }

    public boolean isAll() {
        return keys.isEmpty();
    }

    @Override
    public int compareTo(Slice other) {
        return toString().compareTo(other.toString());
    }

    /** {@code {country=DE,age=old}}, or "" for all of the data. */
    @Override
    public String toString() {
        return isAll()
                ? ""
                : keys.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
