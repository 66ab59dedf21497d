package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.Suggestions;
import java.util.Optional;
import java.util.Set;

/** What gives a check its verdict on one slice before any numbers are compared. */
final class CheckPreconditions {
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
        Optional<Obstacle> found = Obstacle.gravest(inCandidate(metric), tooFew(metric));
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

    private Optional<Obstacle> inCandidate(Metric metric) {
        return MetricFaults.find(metric, "candidate", check.confidence().isPresent())
                .map(reason -> new Obstacle(Verdict.FAILED, reason));
    }

    /** Of a baseline that is compared with. */
    Optional<Obstacle> inBaseline(Metric base) {
        return MetricFaults.find(base, "baseline", check.confidence().isPresent())
                .map(reason -> new Obstacle(Verdict.FAILED, reason));
    }

    Optional<Obstacle> tooFew(Metric metric) {
        if (check.minimumN().isEmpty()) {
            return Optional.empty();
        }
        long least = check.minimumN().getAsLong();
        if (metric.n().isEmpty()) {
            return Optional.of(new Obstacle(
                    Verdict.INCONCLUSIVE, "The number of examples is not known; " + least + " are needed."));
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
                        "Candidate and baseline were measured on different data ("
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
}
