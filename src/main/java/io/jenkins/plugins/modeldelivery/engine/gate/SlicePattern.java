package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.model.Slice;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which slices a check looks at: exactly those with the same keys, and the same values but where the pattern says
 * {@code *}. Empty: the whole data.
 */
public record SlicePattern(SortedMap<String, String> keys) {
    static final String ANY = "*";
    static final SlicePattern WHOLE = new SlicePattern(new TreeMap<>());

    public SlicePattern {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    boolean matches(Slice slice) {
        return slice.keys().keySet().equals(keys.keySet())
                && keys.entrySet().stream()
                        .allMatch(e -> e.getValue().equals(ANY)
                                || e.getValue().equals(slice.keys().get(e.getKey())));
    }

    /** Whether it names one slice and no pattern. */
    boolean exact() {
        return !keys.containsValue(ANY);
    }

    @Override
    public String toString() {
        return keys.isEmpty()
                ? ""
                : keys.entrySet().stream()
                        .map(e -> CheckText.name(e.getKey())
                                + "="
                                + (e.getValue().equals(ANY) ? ANY : CheckText.name(e.getValue())))
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
