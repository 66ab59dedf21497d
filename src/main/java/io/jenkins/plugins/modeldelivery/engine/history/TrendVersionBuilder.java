package io.jenkins.plugins.modeldelivery.engine.history;

import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend.Bound;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend.Outcome;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend.Point;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend.Series;
import io.jenkins.plugins.modeldelivery.engine.history.MetricTrend.Version;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what one build's gates say of a version. Where the same check was made again, the last one counts. */
final class TrendVersionBuilder {
    /** The gravest first. */
    private static final List<Verdict> GRAVITY = List.of(Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.PASSED);

    private final String version;
    /** By gate. */
    private final Map<String, Verdict> verdicts = new HashMap<>();
    /** By series, then by the check's text. */
    private final Map<String, Map<String, CheckResult>> checks = new LinkedHashMap<>();

    private final List<Outcome> marks = new ArrayList<>();
    private Event last;

    /** @param first its first gate */
    TrendVersionBuilder(String version, Event first) {
        this.version = version;
        this.last = first;
    }

    String version() {
        return version;
    }

    Instant time() {
        return last.time();
    }

    /** @return the series of the report, in the order of its checks */
    List<Series> gate(Event event, GateReport report) {
        last = event;
        verdicts.put(report.gate().orElse(report.gateDigest()), report.verdict());
        List<Series> found = new ArrayList<>();
        for (CheckResult check : report.checks()) {
            Series series = series(check);
            found.add(series);
            checks.computeIfAbsent(series.name(), name -> new LinkedHashMap<>()).put(check.check(), check);
        }
        return found;
    }

    void mark(Outcome mark) {
        marks.add(mark);
    }

    Version build() {
        Map<String, Point> points = new HashMap<>();
        checks.forEach((series, results) -> points.put(series, point(results.values())));
        return new Version(version, last, gravest(verdicts.values()), points, marks);
    }

    private static Point point(Collection<CheckResult> results) {
        Verdict verdict = gravest(results.stream().map(CheckResult::verdict).toList());
        String reason = results.stream()
                .filter(result -> result.verdict() == verdict)
                .map(CheckResult::reason)
                .findFirst()
                .orElse("");
        return new Point(
                last(results.stream().map(CheckResult::value).toList()),
                last(results.stream().map(CheckResult::baseline).toList()),
                bounds(results),
                verdict,
                reason);
    }

    private static List<Bound> bounds(Collection<CheckResult> results) {
        Map<String, Integer> lines = new HashMap<>();
        List<Bound> bounds = new ArrayList<>();
        for (CheckResult result : results) {
            String line = line(result);
            int number = lines.merge(line, 1, Integer::sum);
            bounds.add(new Bound(number == 1 ? line : line + " (" + number + ")", result.check(), result.bound()));
        }
        return bounds;
    }

    private static Optional<BigDecimal> last(List<Optional<BigDecimal>> numbers) {
        return numbers.stream().flatMap(Optional::stream).reduce((first, second) -> second);
    }

    private static Verdict gravest(Collection<Verdict> verdicts) {
        return verdicts.stream().min(Comparator.comparingInt(GRAVITY::indexOf)).orElse(Verdict.INCONCLUSIVE);
    }

    private static Series series(CheckResult result) {
        Optional<String> aggregate =
                parsed(result).filter(check -> check.aggregate().isPresent()).map(Check::subject);
        String metric = aggregate.orElse(result.metric());
        return new Series(
                metric + result.slice().orElse(""), metric, result.slice().isEmpty() && aggregate.isEmpty());
    }

    /** Empty for a check of a later release. */
    private static Optional<Check> parsed(CheckResult result) {
        try {
            return Optional.of(Check.parse(result.check()));
        } catch (DeliveryException e) {
            return Optional.empty();
        }
    }

    /** Which bounds make one line though their numbers change. */
    private static String line(CheckResult result) {
        return parsed(result)
                .map(check -> direction(check)
                        + (check.bound().needsBaseline() ? ", from the baseline" : "")
                        + (check.confidence().isPresent() ? ", with confidence" : ""))
                .orElse("bound");
    }

    private static String direction(Check check) {
        return switch (check.operator()) {
            case AT_LEAST -> "at least";
            case MORE -> "more than";
            case AT_MOST -> "at most";
            case LESS -> "less than";
            case EQUAL -> "equal to";
        };
    }
}
