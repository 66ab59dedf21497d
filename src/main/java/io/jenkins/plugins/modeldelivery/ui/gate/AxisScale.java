package io.jenkins.plugins.modeldelivery.ui.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** Puts numbers side by side on a line from 0 to 1, the outermost a little way from its ends. Immutable. */
record AxisScale(BigDecimal low, BigDecimal width) {
    /** On each side, as a share of the distance between the outermost numbers. */
    private static final BigDecimal MARGIN = new BigDecimal("0.15");

    private static final double MIDDLE = 0.5;

    /** Numbers of any size are told apart, and none of them costs memory. */
    private static final MathContext PRECISION = MathContext.DECIMAL64;

    /** @param numbers at least one */
    static AxisScale of(List<BigDecimal> numbers) {
        BigDecimal smallest = numbers.stream().min(BigDecimal::compareTo).orElseThrow();
        BigDecimal largest = numbers.stream().max(BigDecimal::compareTo).orElseThrow();
        BigDecimal span = largest.subtract(smallest, PRECISION);
        BigDecimal margin = span.multiply(MARGIN, PRECISION);
        return new AxisScale(smallest.subtract(margin, PRECISION), span.add(margin.add(margin), PRECISION));
    }

    /** From 0 to 1; the middle if all numbers are equal. */
    double position(BigDecimal number) {
        if (width.signum() == 0) {
            return MIDDLE;
        }
        double position =
                number.subtract(low, PRECISION).divide(width, PRECISION).doubleValue();
        return Math.min(1, Math.max(0, position));
    }
}
