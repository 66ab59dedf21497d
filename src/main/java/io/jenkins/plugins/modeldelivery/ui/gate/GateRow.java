package io.jenkins.plugins.modeldelivery.ui.gate;

import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import java.math.BigDecimal;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One check on one slice. Texts of numbers are empty, and the API's numbers null, where there is none. */
@ExportedBean(defaultVisibility = 4)
public record GateRow(CheckResult result, Optional<CheckGoal> goal) {
    GateRow(CheckResult result) {
        this(result, CheckGoal.of(result.check()));
    }

    @Exported
    public String getCheck() {
        return result.check();
    }

    @Exported
    public String getMetric() {
        return result.metric();
    }

    /** Null for the whole data. */
    @Exported
    public String getSlice() {
        return result.slice().orElse(null);
    }

    @Exported
    public Double getValue() {
        return number(result.value());
    }

    @Exported
    public Double getBaseline() {
        return number(result.baseline());
    }

    @Exported
    public Double getBound() {
        return number(result.bound());
    }

    /** Negative on the bad side; with confidence that of the limit. */
    @Exported
    public Double getMargin() {
        return number(result.margin());
    }

    /** On the scale of the value. */
    @Exported
    public Double getConfidenceLimit() {
        return number(limit());
    }

    /** Examples. */
    @Exported
    public Long getN() {
        return result.n().isPresent() ? result.n().getAsLong() : null;
    }

    /** {@code PASSED}, {@code FAILED} or {@code INCONCLUSIVE}. */
    @Exported
    public String getVerdict() {
        return result.verdict().name();
    }

    @Exported
    public String getReason() {
        return result.reason();
    }

    public StatusMark getMark() {
        return StatusMark.ofVerdict(getVerdict());
    }

    public boolean isPassed() {
        return result.verdict() == Verdict.PASSED;
    }

    public String getValueText() {
        return text(result.value(), result.bound());
    }

    public String getBaselineText() {
        return text(result.baseline(), result.value());
    }

    public String getBoundText() {
        return text(result.bound(), result.value());
    }

    /** With its sign. */
    public String getMarginText() {
        return result.margin()
                .map(margin -> (margin.signum() > 0 ? "+" : "") + NumberFormats.text(margin))
                .orElse("");
    }

    public String getLimitText() {
        return text(limit(), result.bound());
    }

    /** Null if there are not two numbers to compare. */
    public CheckBar getBar() {
        return CheckBar.of(result, goal).orElse(null);
    }

    /** What was measured and what is needed, such as "auc 0.81, needs auc >= 0.85"; the reason where nothing was measured. */
    String getBrief() {
        String where = result.slice().map(slice -> " " + slice).orElse("");
        return result.value().isEmpty()
                ? result.check() + where + ": " + result.reason()
                : Messages.GateRow_needs(result.metric() + where, getValueText(), needed());
    }

    /** In numbers where there are some. */
    private String needed() {
        Optional<String> sign = goal.map(CheckGoal::sign);
        return sign.isPresent() && !goal.get().confident() && result.bound().isPresent()
                ? sign.get() + " " + getBoundText()
                : result.check();
    }

    /**
     * By which a column is sorted: Jenkins takes all for numbers if the first one is written without an exponent, and what is
     * absent for zero.
     *
     * @param number may be null
     */
    public String sortBy(Double number) {
        return number == null ? "0" : BigDecimal.valueOf(number).toPlainString();
    }

    private Optional<BigDecimal> limit() {
        return goal.flatMap(its -> its.limit(result));
    }

    private static String text(Optional<BigDecimal> number, Optional<BigDecimal> beside) {
        return number.map(its -> NumberFormats.text(its, beside)).orElse("");
    }

    /** JSON has no infinity. */
    private static Double number(Optional<BigDecimal> number) {
        return number.map(BigDecimal::doubleValue).filter(Double::isFinite).orElse(null);
    }
}
