package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.gate.CheckPreconditions.Obstacle;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates one check on every slice that it names. */
final class CheckEvaluator {
    private static final SortedMap<Slice, Metric> NONE = Collections.emptySortedMap();

    private final Check check;
    private final String text;
    private final Metrics candidate;
    private final Metrics baseline;
    private final CheckPreconditions obstacles;

    CheckEvaluator(Check check, Gate gate, Metrics candidate, Baseline baseline) {
        this.check = check;
        this.text = check.toString();
        this.candidate = candidate;
        this.baseline = baseline.numbers();
        this.obstacles = new CheckPreconditions(check, gate, baseline);
    }

    /** Slices sorted; an aggregate comes after the slices that have something to tell of themselves. */
    List<CheckResult> evaluate() {
        SortedMap<Slice, Metric> mine = matching(candidate);
        SortedMap<Slice, Metric> theirs = matching(baseline);
        if (mine.isEmpty()) {
            CheckResult.Builder result = result(check.slices().one().orElse(Slice.ALL));
            if (theirs.size() == 1) {
                result.baseline(theirs.values().iterator().next());
            }
            return List.of(result.end(Verdict.FAILED, missing()));
        }
        List<CheckResult> results = new ArrayList<>(mine.size());
        for (Slice slice : union(mine, theirs).keySet()) {
            Optional<Metric> base = Optional.ofNullable(theirs.get(slice));
            Metric metric = mine.get(slice);
            if (metric == null) {
                results.add(result(slice)
                        .baseline(base.orElseThrow())
                        .end(Verdict.FAILED, "The candidate lacks this slice of the baseline."));
            } else if (check.aggregate().isEmpty()) {
                results.add(one(slice, metric, base));
            } else if (check.bound().needsBaseline() && base.isEmpty() && !theirs.isEmpty()) {
                Obstacle obstacle = obstacles.inSlice(metric, base).orElseThrow();
                results.add(result(slice).candidate(metric).end(obstacle.verdict(), obstacle.reason()));
            }
        }
        if (check.aggregate().isPresent()) {
            results.add(new AggregateEvaluator(check, obstacles, mine, theirs).evaluate(result(Slice.ALL)));
        }
        return results;
    }

    private static SortedMap<Slice, Metric> union(SortedMap<Slice, Metric> mine, SortedMap<Slice, Metric> theirs) {
        if (mine.keySet().containsAll(theirs.keySet())) {
            return mine;
        }
        SortedMap<Slice, Metric> all = new TreeMap<>(mine);
        all.putAll(theirs);
        return all;
    }

    private SortedMap<Slice, Metric> matching(Metrics metrics) {
        Optional<Slice> one = check.slices().one();
        if (one.isPresent()) {
            return metrics.find(check.metric(), one.get())
                    .<SortedMap<Slice, Metric>>map(metric -> new TreeMap<>(Collections.singletonMap(one.get(), metric)))
                    .orElse(NONE);
        }
        SortedMap<Slice, Metric> matching = new TreeMap<>();
        metrics.slices(check.metric()).forEach((slice, metric) -> {
            if (check.slices().matches(slice)) {
                matching.put(slice, metric);
            }
        });
        return matching;
    }

    private String missing() {
        if (!candidate.slices(check.metric()).isEmpty()) {
            return "The candidate has no slice of " + check.metric() + " that matches " + check.slices() + ".";
        }
        return "The candidate has no metric " + check.metric() + "."
                + CheckPreconditions.near(check.metric(), candidate.names());
    }

    private CheckResult one(Slice slice, Metric metric, Optional<Metric> base) {
        CheckResult.Builder result = result(slice).candidate(metric);
        base.ifPresent(result::baseline);
        Optional<Obstacle> obstacle = obstacles.inSlice(metric, base);
        if (obstacle.isPresent()) {
            return result.end(obstacle.get().verdict(), obstacle.get().reason());
        }
        if (obstacles.dataUnknown(metric, base)) {
            result.noteUnknownData();
        }
        return check.confidence().isPresent()
                ? new ConfidenceCheck(check, metric, base).evaluate(result)
                : result.compare(check, metric.decimal().orElseThrow(), base.flatMap(Metric::decimal));
    }

    private CheckResult.Builder result(Slice slice) {
        return new CheckResult.Builder(text, check.metric(), slice);
    }
}
