package io.jenkins.plugins.modeldelivery.engine.history.trend;

import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
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
public record MetricTrend(List<TrendSeries> series, List<TrendVersion> versions) {
    /** Types of event that {@link #of} makes points of. */
    public static final Set<EventType> GATES = Set.of(EventType.GATED);

    /** Types of event that {@link #of} makes marks of, on the version that the event is about. */
    public static final Set<EventType> FATES =
            Set.of(EventType.PROMOTED, EventType.ALIAS_MOVED, EventType.DEPLOYMENT_ROLLED_BACK);

    /** Types of event that {@link #of} makes marks of, on another version than the event is about. */
    public static final Set<EventType> RETURNS = Set.of(EventType.ROLLED_BACK);

    public MetricTrend {
        series = List.copyOf(series);
        versions = List.copyOf(versions);
    }

    private record Build(String version, Optional<String> build) {}

    /**
     * @param gates of the type {@link #GATES}, in any order; those of which the report cannot be read are left out
     * @param fates of the types {@link #FATES} and {@link #RETURNS}, in any order, also of versions that no gate is of
     */
    public static MetricTrend of(Collection<Event> gates, Collection<Event> fates) {
        List<Event> inOrder = new ArrayList<>(gates);
        inOrder.sort(Comparator.comparingLong(Event::sequence));
        Map<Build, TrendVersionBuilder> builds = new LinkedHashMap<>();
        Map<String, TrendSeries> series = new LinkedHashMap<>();
        for (Event event : inOrder) {
            Optional<GateReport> report = report(event);
            if (report.isPresent() && event.draft().version().isPresent()) {
                Build build =
                        new Build(event.draft().version().get(), event.draft().build());
                TrendVersionBuilder version =
                        builds.computeIfAbsent(build, b -> new TrendVersionBuilder(b.version(), event));
                List<TrendCheck> checks =
                        report.get().checks().stream().map(TrendCheck::new).toList();
                version.gate(event, report.get(), checks);
                Map<String, TrendSeries> newestFirst = new LinkedHashMap<>();
                checks.forEach(check -> newestFirst.put(check.series().name(), check.series()));
                series.forEach(newestFirst::putIfAbsent);
                series = newestFirst;
            }
        }
        new TrendOutcomes(fates).mark(builds.values());
        return new MetricTrend(
                List.copyOf(series.values()),
                builds.values().stream().map(TrendVersionBuilder::build).toList());
    }

    private static Optional<GateReport> report(Event event) {
        try {
            return Optional.of(GateReport.fromJson(event.draft().details()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
