package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.model.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.NearMiss;
import io.jenkins.plugins.modeldelivery.engine.model.Slice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Evaluates one check on every slice that it names. */
final class CheckEvaluator {
    private final Check check;
    private final Gate gate;
    private final Metrics candidate;
    private final Optional<Metrics> baseline;

    CheckEvaluator(Check check, Gate gate, Metrics candidate, Optional<Metrics> baseline) {
        this.check = check;
        this.gate = gate;
        this.candidate = candidate;
        this.baseline = baseline;
    }

    List<CheckResult> evaluate() {
        SortedMap<Slice, Metric> found = matching(candidate);
        SortedMap<Slice, Metric> base = baseline.map(this::matching).orElseGet(TreeMap::new);
        List<CheckResult> results = new ArrayList<>();
        if (found.isEmpty()) {
            return List.of(result(Slice.ALL).end(Verdict.FAILED, missing()));
        }
        base.keySet().stream()
                .filter(slice -> !found.containsKey(slice))
                .forEach(slice -> results.add(result(slice)
                        .baseline(base.get(slice))
                        .end(Verdict.FAILED, "The baseline has this slice, the candidate has not.")));
        if (check.aggregate().isPresent()) {
            results.add(aggregated(found, base));
        } else {
            found.forEach((slice, metric) -> results.add(one(slice, metric, Optional.ofNullable(base.get(slice)))));
            results.sort((a, b) -> a.slice().orElse("").compareTo(b.slice().orElse("")));
        }
        return results;
    }

    private SortedMap<Slice, Metric> matching(Metrics metrics) {
        SortedMap<Slice, Metric> all = metrics.slices(check.metric());
        if (check.slices().exact()) {
            Slice slice = Slice.of(check.slices().keys());
            TreeMap<Slice, Metric> one = new TreeMap<>();
            metrics.find(check.metric(), slice).ifPresent(m -> one.put(slice, m));
            return one;
        }
        TreeMap<Slice, Metric> matching = new TreeMap<>(all);
        matching.keySet().removeIf(slice -> !check.slices().matches(slice));
        return matching;
    }

    private String missing() {
        if (!candidate.slices(check.metric()).isEmpty()) {
            return "The candidate has no slice of " + check.metric() + " that matches " + check.slices() + ".";
        }
        return "The candidate has no metric " + check.metric() + "."
                + NearMiss.find(check.metric(), candidate.names())
                        .map(near -> " Did you mean " + near + "?")
                        .orElse("");
    }

    private CheckResult one(Slice slice, Metric metric, Optional<Metric> base) {
        ResultBuilder result = result(slice).value(metric).n(metric.n());
        base.ifPresent(result::baseline);
        Optional<CheckResult> early = numbers(result, metric, metric.n(), base);
        if (early.isPresent()) {
            return early.get();
        }
        if (check.confidence().isPresent()) {
            return new ConfidenceCheck(check, metric, base).evaluate(result);
        }
        return compare(result, metric.decimal().orElseThrow(), base.flatMap(Metric::decimal));
    }

    /** What ends a check before any bound is looked at. */
    private Optional<CheckResult> numbers(ResultBuilder result, Metric metric, OptionalLong n, Optional<Metric> base) {
        if (metric.decimal().isEmpty()) {
            return Optional.of(
                    result.end(Verdict.FAILED, "The candidate's value is " + metric.value() + ", which is no number."));
        }
        if (check.minimumN().isPresent()
                && (n.isEmpty() || n.getAsLong() < check.minimumN().getAsLong())) {
            return Optional.of(result.end(
                    Verdict.INCONCLUSIVE,
                    n.isEmpty()
                            ? "The number of examples is not known; "
                                    + check.minimumN().getAsLong() + " are needed."
                            : n.getAsLong() + " examples are too few; "
                                    + check.minimumN().getAsLong() + " are needed."));
        }
        if (!check.bound().needsBaseline()) {
            return Optional.empty();
        }
        if (base.isEmpty()) {
            return Optional.of(result.end(gate.onMissingBaseline().verdict(), noBaseline()));
        }
        if (base.get().decimal().isEmpty()) {
            return Optional.of(result.end(
                    Verdict.FAILED, "The baseline's value is " + base.get().value() + ", which is no number."));
        }
        return sameData(result, metric, base.get());
    }

    private String noBaseline() {
        return "no baseline: "
                + (baseline.isEmpty() ? "there is none to compare with." : "it lacks this metric or slice.");
    }

    private Optional<CheckResult> sameData(ResultBuilder result, Metric metric, Metric base) {
        if (!gate.sameDataset()) {
            return Optional.empty();
        }
        if (metric.dataset().isEmpty() || base.dataset().isEmpty()) {
            result.note("It is not known whether both were measured on the same data.");
            return Optional.empty();
        }
        return metric.dataset().equals(base.dataset())
                ? Optional.empty()
                : Optional.of(result.end(
                        Verdict.INCONCLUSIVE,
                        "Candidate and baseline were measured on different data ("
                                + metric.dataset().get() + " and "
                                + base.dataset().get() + ")."));
    }

    private CheckResult compare(ResultBuilder result, BigDecimal value, Optional<BigDecimal> base) {
        BigDecimal bound = check.bound().of(base.orElse(null));
        boolean holds = check.operator().holds(value, bound);
        return result.bound(bound, check.operator().margin(value, bound))
                .end(
                        holds ? Verdict.PASSED : Verdict.FAILED,
                        ResultBuilder.text(value) + (holds ? " is " : " is not ")
                                + check.operator().text() + " " + ResultBuilder.text(bound) + ".");
    }

    private CheckResult aggregated(SortedMap<Slice, Metric> found, SortedMap<Slice, Metric> base) {
        ResultBuilder result = result(Slice.ALL);
        List<BigDecimal> values = new ArrayList<>();
        for (var entry : found.entrySet()) {
            Metric metric = entry.getValue();
            Optional<CheckResult> early =
                    numbers(result, metric, metric.n(), Optional.ofNullable(base.get(entry.getKey())));
            if (early.isPresent()) {
                CheckResult at = early.get();
                return result.end(at.verdict(), entry.getKey() + ": " + at.reason());
            }
            values.add(metric.decimal().orElseThrow());
        }
        Aggregate aggregate = check.aggregate().orElseThrow();
        BigDecimal value = aggregate.of(values);
        result.value(value);
        if (check.confidence().isPresent()) {
            return result.end(Verdict.INCONCLUSIVE, "There is no confidence limit for an aggregate of slices.");
        }
        Optional<BigDecimal> baseValue = Optional.empty();
        if (check.bound().needsBaseline()) {
            baseValue = Optional.of(aggregate.of(
                    base.values().stream().map(m -> m.decimal().orElseThrow()).toList()));
            result.baseline(baseValue.get());
        }
        return compare(result, value, baseValue);
    }

    private ResultBuilder result(Slice slice) {
        return new ResultBuilder(check, slice);
    }
}
