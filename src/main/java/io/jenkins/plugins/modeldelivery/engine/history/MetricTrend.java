package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How metrics went from version to version, as gates saw them.
 *
 * @param series in the order of the newest gate; then those that only older gates had
 * @param versions the oldest gate first; a version that several builds gated is there several times
 */
public record MetricTrend(List<Series> series, List<Version> versions) {
    /** Types of event that {@link #of} makes points of. */
    public static final Set<EventType> GATES = Set.of(EventType.GATED);

    /** Types of event that {@link #of} makes marks of, on the version that the event is about. */
    public static final Set<EventType> OUTCOMES =
            Set.of(EventType.PROMOTED, EventType.ALIAS_MOVED, EventType.DEPLOYMENT_ROLLED_BACK);

    /** Types of event that {@link #of} makes marks of, on another version than the event is about. */
    public static final Set<EventType> ROLLBACKS = Set.of(EventType.ROLLED_BACK);

    public MetricTrend {
        series = List.copyOf(series);
        versions = List.copyOf(versions);
    }

    /**
     * What a trend follows from version to version.
     *
     * @param name as checks write it: {@code auc}, {@code auc{country=DE}}, {@code min(auc{country=*})}
     * @param metric what is drawn on one scale: the metric, or the name of an aggregate
     * @param whole whether it is of the whole data, not of a slice
     */
    public record Series(String name, String metric, boolean whole) {}

    /**
     * A version as one build gated it.
     *
     * @param gate its last gate there
     * @param verdict the gravest of its gates there
     * @param points by the name of the series
     * @param marks oldest first
     */
    public record Version(String version, Event gate, Verdict verdict, Map<String, Point> points, List<Outcome> marks) {
        public Version {
            points = Map.copyOf(points);
            marks = List.copyOf(marks);
        }
    }

    /**
     * How a version did in one series.
     *
     * @param value absent if the version has none, or it is no number
     * @param baseline what it was compared with
     * @param bounds one a check, in the order of the gate
     * @param verdict the gravest of the checks
     * @param reason of the first check with this verdict
     */
    public record Point(
            Optional<BigDecimal> value,
            Optional<BigDecimal> baseline,
            List<Bound> bounds,
            Verdict verdict,
            String reason) {
        public Point {
            bounds = List.copyOf(bounds);
        }
    }

    /**
     * What one check asked of a value.
     *
     * @param line which bounds of the same series make one line, in words, e.g. {@code at least} or {@code at most, from the
     *     baseline}; two of one version never have the same
     * @param bound absent if there was none, as without a baseline
     */
    public record Bound(String line, String check, Optional<BigDecimal> bound) {}

    /**
     * What became of a version later.
     *
     * @param where the alias, or the target and endpoint
     */
    public record Outcome(Kind kind, String where, Instant time) {
        public enum Kind {
            /** It was given an alias. */
            PROMOTED,
            /** An alias or an endpoint was taken back from it. */
            ROLLED_BACK
        }
    }

    private record Build(String version, Optional<String> build) {}

    /**
     * @param gates of the type {@link #GATES}, in any order; those of which the report cannot be read are left out
     * @param outcomes of the types {@link #OUTCOMES} and {@link #ROLLBACKS}, in any order, also of versions that no gate is of
     */
    public static MetricTrend of(Collection<Event> gates, Collection<Event> outcomes) {
        Map<Build, TrendVersionBuilder> builds = new LinkedHashMap<>();
        Map<String, Series> series = new LinkedHashMap<>();
        for (Event event : inOrder(gates)) {
            Optional<GateReport> report = report(event);
            if (report.isPresent() && event.draft().version().isPresent()) {
                Build build =
                        new Build(event.draft().version().get(), event.draft().build());
                TrendVersionBuilder version =
                        builds.computeIfAbsent(build, b -> new TrendVersionBuilder(b.version(), event));
                Map<String, Series> newestFirst = new LinkedHashMap<>();
                version.gate(event, report.get()).forEach(one -> newestFirst.put(one.name(), one));
                series.forEach(newestFirst::putIfAbsent);
                series = newestFirst;
            }
        }
        TrendOutcomes.mark(inOrder(outcomes), builds.values());
        return new MetricTrend(
                List.copyOf(series.values()),
                builds.values().stream().map(TrendVersionBuilder::build).toList());
    }

    private static List<Event> inOrder(Collection<Event> events) {
        List<Event> inOrder = new ArrayList<>(events);
        inOrder.sort(Comparator.comparingLong(Event::sequence));
        return inOrder;
    }

    private static Optional<GateReport> report(Event event) {
        try {
            return Optional.of(GateReport.fromJson(event.draft().details()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
