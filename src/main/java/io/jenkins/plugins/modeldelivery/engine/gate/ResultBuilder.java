package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects what is known of a check until its verdict. */
final class ResultBuilder {
    private static final MathContext SHOWN = new MathContext(6);

    /** More digits than this tell nobody anything; what was compared is not rounded. */
    private static final MathContext KEPT = MathContext.DECIMAL128;

    private final String check;
    private final String metric;
    private final Slice slice;
    private Optional<BigDecimal> value = Optional.empty();
    private Optional<BigDecimal> baseline = Optional.empty();
    private Optional<BigDecimal> bound = Optional.empty();
    private Optional<BigDecimal> margin = Optional.empty();
    private OptionalLong n = OptionalLong.empty();
    private String note = "";

    /** @param check in its normal form */
    ResultBuilder(String check, String metric, Slice slice) {
        this.check = check;
        this.metric = metric;
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
        bound = kept(number);
        margin = kept(distance);
        return this;
    }

    /** Empty for what no reader of the report could hold in a double. */
    private static Optional<BigDecimal> kept(BigDecimal number) {
        return Double.isFinite(number.doubleValue()) ? Optional.of(number.round(KEPT)) : Optional.empty();
    }

    /** Compares a value with its bound, exactly. */
    CheckResult compare(Check compared, BigDecimal number, Optional<BigDecimal> base) {
        BigDecimal limit = compared.bound().of(base.orElse(null));
        boolean holds = compared.operator().holds(number, limit);
        return bound(limit, compared.operator().margin(number, limit))
                .end(
                        holds ? Verdict.PASSED : Verdict.FAILED,
                        text(number) + (holds ? " is " : " is not ")
                                + compared.operator().text() + " " + text(limit) + ".");
    }

    ResultBuilder n(OptionalLong examples) {
        n = examples;
        return this;
    }

    /** Adds a sentence to the reason. */
    ResultBuilder note(String sentence) {
        note = note + " " + sentence;
        return this;
    }

    void noteUnknownData() {
        note("It is not known whether both were measured on the same data.");
    }

    CheckResult end(Verdict verdict, String reason) {
        return new CheckResult(
                check,
                metric,
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
