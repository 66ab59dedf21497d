package io.jenkins.plugins.modeldelivery.engine.gate;

import java.math.BigDecimal;

/** The right side of a check. */
public sealed interface Bound {
    /** A number. */
    record Fixed(BigDecimal number) implements Bound {
        @Override
        public String toString() {
            return text(number);
        }
    }

    /**
     * Something made from the baseline's value.
     *
     * @param kind how
     * @param number signed offset, factor, or signed percentage; zero for the value itself
     */
    record Relative(Kind kind, BigDecimal number) implements Bound {
        @Override
        public String toString() {
            String sign = number.signum() < 0 ? " - " : " + ";
            return switch (kind) {
                case ITSELF -> "baseline";
                case OFFSET -> "baseline" + sign + text(number.abs());
                case FACTOR -> "baseline * " + text(number);
                case PERCENT -> "baseline" + sign + text(number.abs()) + "%";
            };
        }
    }

    /** How a bound is made from the baseline b. */
    enum Kind {
        /** b */
        ITSELF,
        /** b + number */
        OFFSET,
        /** b * number */
        FACTOR,
        /** b + |b| * number / 100, so that a percentage allows the same way for a negative baseline. */
        PERCENT
    }

    /** Reads back as an equal number: plain, unless that would be longer than a number in a check may be. */
    private static String text(BigDecimal number) {
        int most = 20;
        if (number.scale() <= most && number.precision() - number.scale() <= most) {
            return number.toPlainString();
        }
        BigDecimal digits = number.scale() == 0 ? number.stripTrailingZeros() : number;
        return digits.unscaledValue() + "e" + -digits.scale();
    }

    private static BigDecimal hundredth(BigDecimal number) {
        return number.movePointLeft(2);
    }

    /** The bound in numbers, exactly; null if a baseline is needed and there is none. */
    default BigDecimal of(BigDecimal baseline) {
        if (this instanceof Fixed fixed) {
            return fixed.number();
        }
        Relative relative = (Relative) this;
        if (baseline == null) {
            return null;
        }
        return switch (relative.kind()) {
            case ITSELF -> baseline;
            case OFFSET -> baseline.add(relative.number());
            case FACTOR -> baseline.multiply(relative.number());
            case PERCENT -> baseline.add(baseline.abs().multiply(hundredth(relative.number())));
        };
    }

    default boolean needsBaseline() {
        return this instanceof Relative;
    }
}
