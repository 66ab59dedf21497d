package io.jenkins.plugins.modeldelivery.ui.gate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Numbers for people; what was compared is exact. */
public final class NumberFormats {
    private static final MathContext SHOWN = new MathContext(6);
    private static final int LONGEST_PLAIN = 12;

    private NumberFormats() {}

    /** At most six significant digits. */
    public static String text(BigDecimal number) {
        return plain(number.round(SHOWN));
    }

    /** All digits, if fewer would make it look like another number that it is not. */
    static String text(BigDecimal number, Optional<BigDecimal> other) {
        boolean alike = other.filter(its -> its.compareTo(number) != 0)
                .map(its -> text(its).equals(text(number)))
                .orElse(false);
        return alike ? plain(number) : text(number);
    }

    private static String plain(BigDecimal number) {
        BigDecimal shown = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        return Math.abs(shown.scale()) > LONGEST_PLAIN + SHOWN.getPrecision() || shown.precision() - shown.scale() > 15
                ? shown.toString()
                : shown.toPlainString();
    }
}
