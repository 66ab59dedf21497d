package io.jenkins.plugins.modeldelivery.ui.trend;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people. */
final class Numbers {
    private static final MathContext SHOWN = new MathContext(6);

    private Numbers() {}

    /** At most six significant digits. */
    static String text(BigDecimal number) {
        BigDecimal shown = number.round(SHOWN).stripTrailingZeros();
        return Math.abs(shown.scale()) > 12 ? shown.toString() : shown.toPlainString();
    }
}
