package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend.Outcome;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What became of versions after their gates. */
final class TrendOutcomes {
    private record VersionOutcome(String version, Outcome mark) {}

    private TrendOutcomes() {}

    /**
     * Puts each mark on the last time that its version was gated before, or else on the first after.
     *
     * @param events oldest first
     * @param versions in the order of their gates
     */
    static void mark(List<Event> events, Collection<TrendVersionBuilder> versions) {
        Map<String, List<TrendVersionBuilder>> byVersion =
                versions.stream().collect(Collectors.groupingBy(TrendVersionBuilder::version));
        for (Event event : events) {
            outcome(event)
                    .ifPresent(outcome -> mark(outcome.mark(), byVersion.getOrDefault(outcome.version(), List.of())));
        }
    }

    private static void mark(Outcome mark, List<TrendVersionBuilder> inOrder) {
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

    private static Optional<VersionOutcome> outcome(Event event) {
        JsonNode details = event.draft().details();
        String alias = details.path("alias").asText();
        String place =
                details.path("target").asText() + "/" + details.path("endpoint").asText();
        return switch (event.draft().type()) {
            case PROMOTED, ALIAS_MOVED -> outcome(event, Outcome.Kind.PROMOTED, text(details.path("to")), alias);
            case ROLLED_BACK -> outcome(event, Outcome.Kind.ROLLED_BACK, text(details.path("from")), alias);
            case DEPLOYMENT_ROLLED_BACK ->
                outcome(event, Outcome.Kind.ROLLED_BACK, event.draft().version(), place);
            default -> Optional.empty();
        };
    }

    private static Optional<VersionOutcome> outcome(
            Event event, Outcome.Kind kind, Optional<String> version, String where) {
        return version.map(its -> new VersionOutcome(its, new Outcome(kind, where, event.time())));
    }

    private static Optional<String> text(JsonNode version) {
        return Optional.ofNullable(version.textValue());
    }
}
