package io.jenkins.plugins.modeldelivery.engine.metrics;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;

/** All metrics of one model version; a name and slice occur once. Immutable. */
public final class Metrics {
    public static final Metrics NONE = new Metrics(new TreeMap<>());

    private final NavigableMap<String, SortedMap<Slice, Metric>> byName;

    private Metrics(NavigableMap<String, SortedMap<Slice, Metric>> byName) {
        this.byName = Collections.unmodifiableNavigableMap(byName);
    }

    /** @throws DeliveryException {@link ErrorKind#INVALID_INPUT} if a name and slice occur twice */
    public static Metrics of(Collection<Metric> metrics) {
        NavigableMap<String, SortedMap<Slice, Metric>> map = new TreeMap<>();
        for (Metric metric : metrics) {
            if (map.computeIfAbsent(metric.name(), n -> new TreeMap<>()).put(metric.slice(), metric) != null) {
                throw ErrorKind.INVALID_INPUT.error(
                        "The metric " + TextSanitizer.brief(metric.key().toString(), 120) + " is given twice.");
            }
        }
        return new Metrics(map);
    }

    public static Metrics of(Map<String, Double> values) {
        return of(values.entrySet().stream()
                .map(e -> Metric.of(e.getKey(), e.getValue()))
                .toList());
    }

    public Optional<Metric> find(String name, Slice slice) {
        return Optional.ofNullable(slices(name).get(slice));
    }

    /** All slices of one metric (the whole data included), sorted; empty if there is no such metric. */
    public SortedMap<Slice, Metric> slices(String name) {
        SortedMap<Slice, Metric> found = byName.get(name);
        return found == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(found);
    }

    public SortedSet<String> names() {
        return byName.navigableKeySet();
    }

    /** Sorted by name, then slice. */
    public List<Metric> all() {
        return byName.values().stream().flatMap(m -> m.values().stream()).toList();
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    public Metrics map(Function<Metric, Metric> change) {
        return of(all().stream().map(change).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Metrics that && byName.equals(that.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.toString();
    }
}
