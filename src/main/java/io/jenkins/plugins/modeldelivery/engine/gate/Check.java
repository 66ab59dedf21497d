package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.metrics.NameQuoting;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One condition on one metric.
 *
 * @param metric never empty
 * @param slices which slices; each is checked, or all are aggregated
 * @param aggregate what is made of the slices, if anything
 * @param minimumN smallest number of examples, at least 1; below it the check is inconclusive
 * @param confidence one-sided confidence in percent, more than 50 and less than 100
 */
public record Check(
        String metric,
        SlicePattern slices,
        Optional<Aggregate> aggregate,
        Operator operator,
        Bound bound,
        OptionalLong minimumN,
        Optional<BigDecimal> confidence) {
    public Check {
        Objects.requireNonNull(metric);
        Objects.requireNonNull(slices);
    }

    /**
     * @throws DeliveryException INVALID_INPUT; the message shows the text with the position marked under it, and what was
     *     probably meant
     */
    public static Check parse(String line) {
        return new CheckParser(line).parse();
    }

    /** What is compared, in its normal form: {@code auc{country=*}} or {@code min(auc{country=*})}. */
    public String subject() {
        String slice = NameQuoting.name(metric) + slices;
        return aggregate.map(a -> a.text() + "(" + slice + ")").orElse(slice);
    }

    /** The check in its normal form; reads back as an equal one. */
    @Override
    public String toString() {
        return subject()
                + " " + operator.text() + " " + bound
                + (minimumN.isPresent() ? " with n >= " + minimumN.getAsLong() : "")
                + confidence
                        .map(c -> " with confidence " + c.toPlainString() + "%")
                        .orElse("");
    }
}
