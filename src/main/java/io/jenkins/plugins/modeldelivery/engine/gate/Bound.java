package io.jenkins.plugins.modeldelivery.engine.gate;

import java.math.BigDecimal;

/**
 * The right side of a check.
 *
 * @param number as the kind says; zero where it needs none
 */
public record Bound(Kind kind, BigDecimal number) {
    /** How a bound is made from a number and the baseline b. */
    public enum Kind {
        /** number */
        FIXED,
        /** b */
        ITSELF,
        /** b + number */
        OFFSET,
        /** b * number */
        FACTOR,
        /** b + |b| * number / 100, so that a percentage allows the same way for a negative baseline. */
        PERCENT
    }

    public boolean needsBaseline() {
        return kind != Kind.FIXED;
    }

    /** The bound in numbers, exactly; null if a baseline is needed and there is none. */
    BigDecimal of(BigDecimal baseline) {
        if (needsBaseline() && baseline == null) {
            return null;
        }
        return switch (kind) {
            case FIXED -> number;
            case ITSELF -> baseline;
            case OFFSET -> baseline.add(number);
            case FACTOR -> baseline.multiply(number);
            case PERCENT -> baseline.add(baseline.abs().multiply(number.movePointLeft(2)));
        };
    }

    /** As a check writes it; reads back as an equal bound. */
    @Override
    public String toString() {
        String sign = number.signum() < 0 ? " - " : " + ";
        return switch (kind) {
            case FIXED -> text(number);
            case ITSELF -> "baseline";
            case OFFSET -> "baseline" + sign + text(number.abs());
            case FACTOR -> "baseline * " + text(number);
            case PERCENT -> "baseline" + sign + text(number.abs()) + "%";
        };
    }

    /** Plain, unless that would be longer than a number in a check may be. */
    private static String text(BigDecimal number) {
        int most = 20;
        if (number.scale() <= most && number.precision() - number.scale() <= most) {
            return number.toPlainString();
        }
        BigDecimal digits = number.scale() == 0 ? number.stripTrailingZeros() : number;
        return digits.unscaledValue() + "e" + -digits.scale();
    }
}
