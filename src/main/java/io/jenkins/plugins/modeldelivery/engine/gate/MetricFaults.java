package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** Why a metric cannot be compared: it is no finite number, or it contradicts itself. */
final class MetricFaults {
    /**
     * How far a value may be from the mean of its values, as a part of the largest of them: as far as single precision
     * rounds, in which many tools compute. A mean that is rounded for people is further away.
     */
    private static final BigDecimal ROUNDING = new BigDecimal("1e-6");

    private static final MathContext SHOWN = new MathContext(10);

    private MetricFaults() {}

    /**
     * @param side candidate or baseline
     * @param withStderr whether the standard error is looked at
     */
    static Optional<String> find(Metric metric, String side, boolean withStderr) {
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
        return number + ", which is no finite number.";
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
