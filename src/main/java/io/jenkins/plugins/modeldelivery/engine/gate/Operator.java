package io.jenkins.plugins.modeldelivery.engine.gate;

import java.math.BigDecimal;

/** How a value is compared with its bound; one whose text begins with another's comes first. */
public enum Operator {
    AT_LEAST(">="),
    MORE(">"),
    AT_MOST("<="),
    LESS("<"),
    EQUAL("==");

    private final String text;

    Operator(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    boolean holds(BigDecimal value, BigDecimal bound) {
        int order = value.compareTo(bound);
        return switch (this) {
            case AT_LEAST -> order >= 0;
            case MORE -> order > 0;
            case AT_MOST -> order <= 0;
            case LESS -> order < 0;
            case EQUAL -> order == 0;
        };
    }

    /** How far the value is on the good side of the bound; negative on the bad side. */
    BigDecimal margin(BigDecimal value, BigDecimal bound) {
        return switch (this) {
            case AT_LEAST, MORE -> value.subtract(bound);
            case AT_MOST, LESS -> bound.subtract(value);
            case EQUAL -> value.subtract(bound).abs().negate();
        };
    }

    /** Whether a larger value is better. */
    boolean upward() {
        return this == AT_LEAST || this == MORE;
    }
}
