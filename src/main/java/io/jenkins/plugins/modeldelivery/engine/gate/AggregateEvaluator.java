package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.gate.CheckPreconditions.Obstacle;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Evaluates a check on an aggregate, which is taken over all slices of each side. */
final class AggregateEvaluator {
    private final Check check;
    private final Aggregate aggregate;
    private final CheckPreconditions obstacles;
    private final SortedMap<Slice, Metric> mine;
    private final SortedMap<Slice, Metric> theirs;
    private final boolean relative;

    private Optional<Obstacle> gravest = Optional.empty();
    private Slice where = Slice.ALL;
    private int more;

    /**
     * @param mine slices of the candidate, at least one
     * @param theirs slices of the baseline
     */
    AggregateEvaluator(
            Check check, CheckPreconditions obstacles, SortedMap<Slice, Metric> mine, SortedMap<Slice, Metric> theirs) {
        this.check = check;
        this.aggregate = check.aggregate().orElseThrow();
        this.obstacles = obstacles;
        this.mine = mine;
        this.theirs = theirs;
        this.relative = check.bound().needsBaseline();
    }

    CheckResult evaluate(CheckResult.Builder result) {
        mine.forEach((slice, metric) -> note(slice, obstacles.inNumbers(metric, base(slice))));
        if (relative) {
            theirs.forEach((slice, base) -> {
                if (!mine.containsKey(slice)) {
                    note(slice, obstacles.inBaseline(base));
                }
            });
            if (theirs.isEmpty()) {
                note(Slice.ALL, Optional.of(obstacles.noBaseline(Slice.ALL)));
            }
        }
        if (gravest.isPresent()) {
            Obstacle obstacle = gravest.get();
            return failedAnyway(result).orElseGet(() -> result.end(obstacle.verdict(), reason(obstacle)));
        }
        if (check.confidence().isPresent()) {
            return result.value(aggregate.of(numbers(mine.values())))
                    .end(Verdict.INCONCLUSIVE, "There is no confidence limit for an aggregate of slices.");
        }
        return compare(result, mine.values());
    }

    private Optional<Metric> base(Slice slice) {
        return Optional.ofNullable(theirs.get(slice));
    }

    private void note(Slice slice, Optional<Obstacle> obstacle) {
        if (obstacle.isEmpty()) {
            return;
        }
        if (gravest.isEmpty()
                || obstacle.get().verdict().isGraverThan(gravest.get().verdict())) {
            gravest = obstacle;
            where = slice;
            more = 0;
        } else if (obstacle.get().verdict() == gravest.get().verdict()) {
            more++;
        }
    }

    private String reason(Obstacle obstacle) {
        String fate = obstacle.verdict() == Verdict.FAILED
                ? (more == 1 ? "fails" : "fail")
                : (more == 1 ? "is inconclusive" : "are inconclusive");
        return (where.isAll() ? "" : where + ": ")
                + obstacle.reason()
                + (more == 0 ? "" : " " + more + " more " + (more == 1 ? "slice " : "slices ") + fate + ".");
    }

    /**
     * Too few examples in some slices do not save an aggregate that fails on the others, if more slices can only make it
     * worse.
     */
    private Optional<CheckResult> failedAnyway(CheckResult.Builder result) {
        boolean undecided = gravest.orElseThrow().verdict() != Verdict.INCONCLUSIVE
                || !aggregate.worsensWithMoreSlices(check.operator())
                || check.confidence().isPresent()
                || relative && theirs.isEmpty()
                || mine.values().stream()
                        .anyMatch(metric -> obstacles
                                .otherData(metric, base(metric.slice()))
                                .isPresent());
        List<Metric> large = mine.values().stream()
                .filter(metric -> obstacles.tooFew(metric).isEmpty())
                .toList();
        if (undecided || large.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal bound = check.bound().of(relative ? aggregate.of(numbers(theirs.values())) : null);
        if (check.operator().holds(aggregate.of(numbers(large)), bound)) {
            return Optional.empty();
        }
        return Optional.of(compare(result.note("Slices with too few examples cannot change that."), large));
    }

    private CheckResult compare(CheckResult.Builder result, Collection<Metric> metrics) {
        if (metrics.stream().anyMatch(metric -> obstacles.dataUnknown(metric, base(metric.slice())))) {
            result.noteUnknownData();
        }
        BigDecimal value = aggregate.of(numbers(metrics));
        if (!relative) {
            return result.value(value).compare(check, value, Optional.empty());
        }
        BigDecimal base = aggregate.of(numbers(theirs.values()));
        return result.value(value).baseline(base).compare(check, value, Optional.of(base));
    }

    private static List<BigDecimal> numbers(Collection<Metric> metrics) {
        return metrics.stream().map(m -> m.decimal().orElseThrow()).toList();
    }
}
