package io.jenkins.plugins.modeldelivery.engine.history.trend;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of versions. */
final class TrendOutcomes {
    private final List<Event> events;

    TrendOutcomes(Collection<Event> events) {
        this.events = events.stream()
                .sorted(Comparator.comparingLong(Event::sequence))
                .toList();
    }

    /** Puts each mark on the last time that its version was gated before, or else on the first after. */
    void mark(Collection<TrendVersionBuilder> inOrder) {
        Map<String, List<TrendVersionBuilder>> byVersion =
                inOrder.stream().collect(Collectors.groupingBy(TrendVersionBuilder::version));
        for (Event event : events) {
            fate(event).ifPresent(fate -> mark(fate.mark(), byVersion.getOrDefault(fate.version(), List.of())));
        }
    }

    private record Fate(String version, TrendOutcome mark) {}

    private static void mark(TrendOutcome mark, List<TrendVersionBuilder> inOrder) {
        TrendVersionBuilder marked = null;
        for (TrendVersionBuilder version : inOrder) {
            if (marked == null || !version.time().isAfter(mark.time())) {
                marked = version;
            }
        }
        if (marked != null) {
            marked.mark(mark);
        }
    }

    private static Optional<Fate> fate(Event event) {
        JsonNode details = event.draft().details();
        return switch (event.draft().type()) {
            case PROMOTED, ALIAS_MOVED ->
                fate(
                        event,
                        TrendOutcome.Kind.PROMOTED,
                        details.path("to"),
                        details.path("alias").asText());
            case ROLLED_BACK ->
                fate(
                        event,
                        TrendOutcome.Kind.ROLLED_BACK,
                        details.path("from"),
                        details.path("alias").asText());
            case DEPLOYMENT_ROLLED_BACK ->
                event.draft()
                        .version()
                        .map(version -> new Fate(
                                version,
                                new TrendOutcome(
                                        TrendOutcome.Kind.ROLLED_BACK,
                                        details.path("target").asText() + "/"
                                                + details.path("endpoint").asText(),
                                        event.time())));
            default -> Optional.empty();
        };
    }

    private static Optional<Fate> fate(Event event, TrendOutcome.Kind kind, JsonNode version, String where) {
        return version.isTextual()
                ? Optional.of(new Fate(version.asText(), new TrendOutcome(kind, where, event.time())))
                : Optional.empty();
    }
}
