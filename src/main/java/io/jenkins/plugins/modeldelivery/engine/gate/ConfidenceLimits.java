package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import org.apache.commons.numbers.gamma.InverseErfc;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.numbers.rootfinder.BrentSolver;

/** One-sided confidence limits. */
final class ConfidenceLimits {
    private ConfidenceLimits() {}

    /** The standard normal quantile of a confidence in (0.5, 1). */
    static double z(double confidence) {
        return Math.sqrt(2) * InverseErfc.value(2 * (1 - confidence));
    }

    /**
     * Student's t quantile of a confidence in (0.5, 1). Commons Numbers alone: the distributions of Commons Statistics bring
     * four more libraries, which a Jenkins plugin would have to carry.
     *
     * @param degreesOfFreedom positive, perhaps infinite
     */
    static double t(double confidence, double degreesOfFreedom) {
        double beyond = 1 - confidence;
        double high = z(confidence);
        if (Double.isInfinite(degreesOfFreedom)) {
            return high;
        }
        while (upperTail(high, degreesOfFreedom) > beyond) {
            high *= 2;
        }
        return new BrentSolver(1e-14, 1e-14, 1e-16).findRoot(t -> upperTail(t, degreesOfFreedom) - beyond, 0, high);
    }

    /** P(T &gt; t) for t ≥ 0 by the incomplete beta function (Abramowitz and Stegun, 26.7.1), of the smaller argument. */
    private static double upperTail(double t, double degreesOfFreedom) {
        double square = t * t;
        double sum = degreesOfFreedom + square;
        return square > degreesOfFreedom
                ? RegularizedBeta.value(degreesOfFreedom / sum, degreesOfFreedom / 2, 0.5) / 2
                : 0.5 - RegularizedBeta.value(square / sum, 0.5, degreesOfFreedom / 2) / 2;
    }

    /**
     * Wilson's score limit of a proportion p from n examples (E. B. Wilson, JASA 22, 1927): (p + z²/2n ± z √(p(1−p)/n +
     * z²/4n²)) / (1 + z²/n).
     */
    static double wilson(double p, double n, double z, boolean upper) {
        double square = z * z;
        double half = z * Math.sqrt(p * (1 - p) / n + square / (4 * n * n));
        double centre = p + square / (2 * n);
        return (upper ? centre + half : centre - half) / (1 + square / n);
    }

    /**
     * Newcombe's hybrid score limit of a difference p1 − p2 of independent proportions (R. G. Newcombe, Statistics in
     * Medicine 17, 1998, method 10): with Wilson's limits l and u, p1 − p2 − √((p1 − l1)² + (u2 − p2)²), and the mirror
     * image.
     */
    static double newcombe(double p1, double n1, double p2, double n2, double z, boolean upper) {
        double first = p1 - wilson(p1, n1, z, upper);
        double second = wilson(p2, n2, z, !upper) - p2;
        double half = Math.sqrt(first * first + second * second);
        return upper ? p1 - p2 + half : p1 - p2 - half;
    }

    /**
     * A mean and its standard error.
     *
     * @param degreesOfFreedom infinite where the standard error was given
     */
    record Estimate(double mean, double error, double degreesOfFreedom) {
        /** From the standard error or from the values of folds; null if the metric has neither. */
        static Estimate of(Metric metric) {
            if (metric.stderr().isPresent()) {
                return new Estimate(metric.value(), metric.stderr().getAsDouble(), Double.POSITIVE_INFINITY);
            }
            int count = metric.values().size();
            if (count < 2) {
                return null;
            }
            double mean = Metric.mean(metric.values()).doubleValue();
            double squares = metric.values().stream()
                    .mapToDouble(v -> (v - mean) * (v - mean))
                    .sum();
            return new Estimate(mean, Math.sqrt(squares / (count - 1) / count), count - 1);
        }

        /** The estimate of this minus factor times other; degrees of freedom by Welch and Satterthwaite. */
        Estimate minus(double factor, Estimate other) {
            double mine = error * error;
            double its = factor * factor * other.error * other.error;
            double weight = mine * mine / degreesOfFreedom + its * its / other.degreesOfFreedom;
            double freedom = weight > 0 ? (mine + its) * (mine + its) / weight : Double.POSITIVE_INFINITY;
            return new Estimate(mean - factor * other.mean, Math.sqrt(mine + its), freedom);
        }

        double limit(double confidence, boolean upper) {
            double quantile = Double.isInfinite(degreesOfFreedom) ? z(confidence) : t(confidence, degreesOfFreedom);
            return upper ? mean + quantile * error : mean - quantile * error;
        }
    }
}
