package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.model.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Slice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects what is known of a check until its verdict. */
final class ResultBuilder {
    private static final MathContext SHOWN = new MathContext(6);

    private final Check check;
    private final Slice slice;
    private Optional<BigDecimal> value = Optional.empty();
    private Optional<BigDecimal> baseline = Optional.empty();
    private Optional<BigDecimal> bound = Optional.empty();
    private Optional<BigDecimal> margin = Optional.empty();
    private OptionalLong n = OptionalLong.empty();
    private String note = "";

    ResultBuilder(Check check, Slice slice) {
        this.check = check;
        this.slice = slice;
    }

    ResultBuilder value(Metric metric) {
        value = metric.decimal();
        return this;
    }

    ResultBuilder value(BigDecimal number) {
        value = Optional.of(number);
        return this;
    }

    ResultBuilder baseline(Metric metric) {
        baseline = metric.decimal();
        return this;
    }

    ResultBuilder baseline(BigDecimal number) {
        baseline = Optional.of(number);
        return this;
    }

    ResultBuilder bound(BigDecimal number, BigDecimal distance) {
        bound = Optional.of(number);
        margin = Optional.of(distance);
        return this;
    }

    ResultBuilder n(OptionalLong examples) {
        n = examples;
        return this;
    }

    ResultBuilder note(String text) {
        note = " " + text;
        return this;
    }

    CheckResult end(Verdict verdict, String reason) {
        return new CheckResult(
                check.toString(),
                check.metric(),
                slice.isAll() ? Optional.empty() : Optional.of(slice.toString()),
                value,
                baseline,
                bound,
                margin,
                n,
                verdict,
                reason + note);
    }

    /** At most six significant digits, for people; never compared. */
    static String text(BigDecimal number) {
        BigDecimal shown = number.round(SHOWN).stripTrailingZeros();
        return Math.abs(shown.scale()) > 12 ? shown.toString() : shown.toPlainString();
    }
}
