package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.Suggestions;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What gives a check its verdict on one slice before any numbers are compared. */
final class CheckPreconditions {
    /**
     * How far a value may be from the mean of its values, as a part of the largest of them: as far as single precision
     * rounds, in which many tools compute. A mean that is rounded for people is further away.
     */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-6");

    private static final MathContext SHOWN = new MathContext(10);

    private final Check check;
    private final Gate gate;
    private final Baseline baseline;
    private final boolean relative;

    CheckPreconditions(Check check, Gate gate, Baseline baseline) {
        this.check = check;
        this.gate = gate;
        this.baseline = baseline;
        this.relative = check.bound().needsBaseline();
    }

    /** One of them; the verdict is seldom PASSED. */
    record Obstacle(Verdict verdict, String reason) {
        /** The graver one; of two with the same verdict the first. */
        static Optional<Obstacle> gravest(Optional<Obstacle> first, Optional<Obstacle> second) {
            if (first.isEmpty() || second.isEmpty()) {
                return first.or(() -> second);
            }
            return second.get().verdict().isGraverThan(first.get().verdict()) ? second : first;
        }
    }

    /** The gravest on one slice, apart from a missing baseline. */
    Optional<Obstacle> inNumbers(Metric metric, Optional<Metric> base) {
        Optional<Obstacle> found = Obstacle.gravest(fault(metric, "candidate"), tooFew(metric));
        if (relative && base.isPresent()) {
            found = Obstacle.gravest(found, inBaseline(base.get()));
        }
        return Obstacle.gravest(found, otherData(metric, base));
    }

    /** The gravest on one slice. */
    Optional<Obstacle> inSlice(Metric metric, Optional<Metric> base) {
        Optional<Obstacle> found = inNumbers(metric, base);
        return relative && base.isEmpty() ? Obstacle.gravest(found, Optional.of(noBaseline(metric.slice()))) : found;
    }

    /** Of a baseline that is compared with. */
    Optional<Obstacle> inBaseline(Metric base) {
        return fault(base, "baseline");
    }

    Optional<Obstacle> tooFew(Metric metric) {
        if (check.minimumN().isEmpty()) {
            return Optional.empty();
        }
        long least = check.minimumN().getAsLong();
        if (metric.n().isEmpty()) {
            return Optional.of(
                    new Obstacle(Verdict.INCONCLUSIVE, "The number of examples is unknown; " + least + " are needed."));
        }
        long n = metric.n().getAsLong();
        return n >= least
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        Verdict.INCONCLUSIVE,
                        n + (n == 1 ? " example is" : " examples are") + " too few; " + least + " are needed."));
    }

    Optional<Obstacle> otherData(Metric metric, Optional<Metric> base) {
        if (!relative || !gate.sameDataset() || base.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> its = base.get().dataset();
        return metric.dataset().isEmpty() || its.isEmpty() || metric.dataset().equals(its)
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        Verdict.INCONCLUSIVE,
                        "Candidate and baseline were measured on different datasets ("
                                + metric.dataset().get() + " and " + its.get() + ")."));
    }

    /** Whether the two are compared, although nothing says that they were measured on the same data. */
    boolean dataUnknown(Metric metric, Optional<Metric> base) {
        return relative
                && gate.sameDataset()
                && base.isPresent()
                && (metric.dataset().isEmpty() || base.get().dataset().isEmpty());
    }

    /** @param slice that the baseline lacks; of an aggregate all of them */
    Obstacle noBaseline(Slice slice) {
        if (baseline instanceof Baseline.Vanished vanished) {
            return new Obstacle(
                    Verdict.INCONCLUSIVE, "There is no baseline now: " + vanished.reason() + ". Nothing was compared.");
        }
        String lacking = baseline instanceof Baseline.Known known
                ? known.description() + lack(known, slice)
                : "there is none to compare with.";
        return new Obstacle(gate.onMissingBaseline().verdict(), "no baseline: " + lacking);
    }

    private String lack(Baseline.Known known, Slice slice) {
        String metric = check.metric();
        Set<Slice> slices = known.metrics().slices(metric).keySet();
        if (slices.isEmpty()) {
            return " has no metric " + metric + "."
                    + near(metric, known.metrics().names());
        }
        if (check.aggregate().isPresent() && slice.isAll()) {
            return " has no slice that matches " + check.slices() + " of " + metric + ".";
        }
        return slice.isAll()
                ? " has " + metric + " on slices only, not on the whole data."
                : " has no slice " + slice + " of " + metric + ".";
    }

    static String near(String metric, Set<String> names) {
        return Suggestions.find(metric, names)
                .map(name -> " Did you mean " + name + "?")
                .orElse("");
    }

    /**
     * Why a metric cannot be compared: it is no finite number, or it contradicts itself.
     *
     * @param side candidate or baseline
     */
    private Optional<Obstacle> fault(Metric metric, String side) {
        return fault(metric, side, check.confidence().isPresent()).map(reason -> new Obstacle(Verdict.FAILED, reason));
    }

    private static Optional<String> fault(Metric metric, String side, boolean withStderr) {
        if (!Double.isFinite(metric.value())) {
            return Optional.of("The " + side + "'s value is " + noNumber(metric.value()));
        }
        if (!metric.values().isEmpty()) {
            Optional<String> fault = ofValues(metric, side);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return withStderr
                        && metric.stderr().isPresent()
                        && !Double.isFinite(metric.stderr().getAsDouble())
                ? Optional.of("The " + side + "'s standard error is "
                        + noNumber(metric.stderr().getAsDouble()))
                : Optional.empty();
    }

    private static String noNumber(double number) {
        return number + ", which is not a finite number.";
    }

    private static Optional<String> ofValues(Metric metric, String side) {
        List<Double> values = metric.values();
        double largest = 0;
        for (double value : values) {
            if (!Double.isFinite(value)) {
                return Optional.of("One of the " + side + "'s values is " + noNumber(value));
            }
            largest = Math.max(largest, Math.abs(value));
        }
        BigDecimal mean = Metric.mean(values);
        BigDecimal value = metric.decimal().orElseThrow();
        BigDecimal allowed = Metric.decimal(largest).orElseThrow().multiply(ROUNDING);
        return value.subtract(mean).abs().compareTo(allowed) <= 0
                ? Optional.empty()
                : Optional.of("The " + side + "'s value is " + shown(value) + ", but the mean of its " + values.size()
                        + " values is " + shown(mean) + ". Give the mean as the value, or leave the value out.");
    }

    private static String shown(BigDecimal number) {
        return number.round(SHOWN).stripTrailingZeros().toString();
    }
}
