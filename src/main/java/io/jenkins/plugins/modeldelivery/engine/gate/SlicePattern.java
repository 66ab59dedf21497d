package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.NameQuoting;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which slices a check looks at: exactly those with the same keys, and the same values but where the pattern says
 * {@code *}. Without keys: the whole data.
 *
 * @param keys each with its value, or empty for {@code *}; a value may itself be the text "*"
 */
public record SlicePattern(SortedMap<String, Optional<String>> keys) {
    static final SlicePattern WHOLE = new SlicePattern(Collections.emptySortedMap());

    public SlicePattern {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
    }

    boolean matches(Slice slice) {
        if (!slice.keys().keySet().equals(keys.keySet())) {
            return false;
        }
        for (Map.Entry<String, Optional<String>> key : keys.entrySet()) {
            Optional<String> value = key.getValue();
            if (value.isPresent() && !value.get().equals(slice.keys().get(key.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** The slice that it names, if it is no pattern of several. */
    Optional<Slice> one() {
        if (keys.containsValue(Optional.<String>empty())) {
            return Optional.empty();
        }
        Map<String, String> values = new TreeMap<>();
        keys.forEach((key, value) -> values.put(key, value.orElseThrow()));
        return Optional.of(Slice.of(values));
    }

    /** As a check writes it; of one slice alone the same as {@link Slice#toString}. */
    @Override
    public String toString() {
        return keys.isEmpty()
                ? ""
                : keys.entrySet().stream()
                        .map(e -> NameQuoting.name(e.getKey()) + "="
                                + e.getValue().map(NameQuoting::value).orElse("*"))
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
