package io.jenkins.plugins.modeldelivery.engine.history.trend;

import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
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
    private final Map<String, Map<String, TrendCheck>> checks = new LinkedHashMap<>();

    private final List<TrendOutcome> marks = new ArrayList<>();
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

    void gate(Event event, GateReport report, List<TrendCheck> results) {
        last = event;
        verdicts.put(report.gate().orElse(report.gateDigest()), report.verdict());
        for (TrendCheck check : results) {
            checks.computeIfAbsent(check.series().name(), name -> new LinkedHashMap<>())
                    .put(check.result().check(), check);
        }
    }

    void mark(TrendOutcome mark) {
        marks.add(mark);
    }

    TrendVersion build() {
        Map<String, TrendPoint> points = new HashMap<>();
        checks.forEach((series, results) -> points.put(series, point(results.values())));
        return new TrendVersion(version, last, gravest(verdicts.values()), points, marks);
    }

    private static TrendPoint point(Collection<TrendCheck> checks) {
        List<CheckResult> results = checks.stream().map(TrendCheck::result).toList();
        Verdict verdict = gravest(results.stream().map(CheckResult::verdict).toList());
        String reason = results.stream()
                .filter(result -> result.verdict() == verdict)
                .map(CheckResult::reason)
                .findFirst()
                .orElse("");
        return new TrendPoint(
                last(results.stream().map(CheckResult::value).toList()),
                last(results.stream().map(CheckResult::baseline).toList()),
                bounds(checks),
                verdict,
                reason);
    }

    private static List<TrendBound> bounds(Collection<TrendCheck> checks) {
        Map<String, Integer> lines = new HashMap<>();
        List<TrendBound> bounds = new ArrayList<>();
        for (TrendCheck check : checks) {
            int number = lines.merge(check.line(), 1, Integer::sum);
            String line = number == 1 ? check.line() : check.line() + " (" + number + ")";
            bounds.add(
                    new TrendBound(line, check.result().check(), check.result().bound()));
        }
        return bounds;
    }

    private static Optional<BigDecimal> last(List<Optional<BigDecimal>> numbers) {
        return numbers.stream().flatMap(Optional::stream).reduce((first, second) -> second);
    }

    private static Verdict gravest(Collection<Verdict> verdicts) {
        return verdicts.stream().min(Comparator.comparingInt(GRAVITY::indexOf)).orElse(Verdict.INCONCLUSIVE);
    }
}
