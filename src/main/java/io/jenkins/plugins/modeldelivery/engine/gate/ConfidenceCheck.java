package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A check on the one-sided confidence limit. A bound made from the baseline becomes a bound on the difference (candidate
 * minus baseline, or minus factor times baseline), so that the uncertainty of both counts.
 */
final class ConfidenceCheck {
    private final Check check;
    private final Metric metric;
    private final Optional<Metric> base;
    private final double confidence;
    private final boolean upper;

    ConfidenceCheck(Check check, Metric metric, Optional<Metric> base) {
        this.check = check;
        this.metric = metric;
        this.base = base;
        this.confidence = check.confidence().orElseThrow().doubleValue() / 100;
        this.upper = !check.operator().upward();
    }

    CheckResult evaluate(CheckResult.Builder result) {
        if (check.operator() == Operator.EQUAL) {
            return result.end(Verdict.INCONCLUSIVE, "A confidence limit cannot show that two numbers are equal.");
        }
        boolean difference = check.bound().needsBaseline();
        OptionalDouble limit = difference ? ofDifference() : ofValue();
        if (limit.isEmpty() || !Double.isFinite(limit.getAsDouble())) {
            return result.end(
                    Verdict.INCONCLUSIVE,
                    "No data for a confidence limit. Give stderr, values of folds, or n for a proportion"
                            + (difference ? ", for candidate and baseline." : "."));
        }
        BigDecimal against = difference ? allowed() : check.bound().of(null);
        BigDecimal reached = Metric.decimal(limit.getAsDouble()).orElseThrow();
        BigDecimal bound = check.bound().of(base.flatMap(Metric::decimal).orElse(null));
        boolean holds = check.operator().holds(reached, against);
        return result.bound(bound, check.operator().margin(reached, against))
                .end(
                        holds ? Verdict.PASSED : Verdict.FAILED,
                        "The " + (upper ? "upper" : "lower") + " "
                                + check.confidence().get().toPlainString() + "% limit"
                                + (difference ? " of the difference, " : ", ") + CheckResult.text(reached) + ","
                                + (holds ? " is " : " is not ")
                                + check.operator().text() + " "
                                + CheckResult.text(against) + ".");
    }

    /** What the difference may be: the bound less the part of it that the baseline's own estimate stands for. */
    private BigDecimal allowed() {
        BigDecimal value = base.flatMap(Metric::decimal).orElseThrow();
        return switch (check.bound().kind()) {
            case ITSELF, FACTOR -> BigDecimal.ZERO;
            case FIXED, OFFSET, PERCENT -> check.bound().of(value).subtract(value);
        };
    }

    private OptionalDouble ofValue() {
        ConfidenceLimits.Estimate estimate = ConfidenceLimits.Estimate.of(metric);
        if (estimate != null) {
            return OptionalDouble.of(estimate.limit(confidence, upper));
        }
        return proportion(metric)
                ? OptionalDouble.of(ConfidenceLimits.wilson(
                        metric.value(), metric.n().getAsLong(), ConfidenceLimits.z(confidence), upper))
                : OptionalDouble.empty();
    }

    private OptionalDouble ofDifference() {
        Metric other = base.orElseThrow();
        Bound bound = check.bound();
        double factor = bound.kind() == Bound.Kind.FACTOR ? bound.number().doubleValue() : 1;
        ConfidenceLimits.Estimate mine = ConfidenceLimits.Estimate.of(metric);
        ConfidenceLimits.Estimate its = ConfidenceLimits.Estimate.of(other);
        if (mine != null && its != null) {
            return OptionalDouble.of(mine.minus(factor, its).limit(confidence, upper));
        }
        if (factor == 1 && proportion(metric) && proportion(other)) {
            return OptionalDouble.of(ConfidenceLimits.newcombe(
                    metric.value(),
                    metric.n().getAsLong(),
                    other.value(),
                    other.n().getAsLong(),
                    ConfidenceLimits.z(confidence),
                    upper));
        }
        return OptionalDouble.empty();
    }

    private static boolean proportion(Metric metric) {
        return metric.n().isPresent() && metric.n().getAsLong() > 0 && metric.value() >= 0 && metric.value() <= 1;
    }
}
