package io.jenkins.plugins.modeldelivery.engine.gate;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What is made of the values of several slices. */
public enum Aggregate {
    MIN,
    MAX,
    /** Largest minus smallest. */
    MAX_GAP;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether one more slice can make a check fail and never make it hold. */
    boolean worsensWithMoreSlices(Operator operator) {
        return switch (operator) {
            case AT_LEAST, MORE -> this == MIN;
            case AT_MOST, LESS -> this != MIN;
            case EQUAL -> false;
        };
    }

    /** @param values at least one */
    BigDecimal of(List<BigDecimal> values) {
        BigDecimal smallest = Collections.min(values);
        BigDecimal largest = Collections.max(values);
        return switch (this) {
            case MIN -> smallest;
            case MAX -> largest;
            case MAX_GAP -> largest.subtract(smallest);
        };
    }
}
