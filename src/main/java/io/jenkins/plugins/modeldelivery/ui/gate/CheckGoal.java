package io.jenkins.plugins.modeldelivery.ui.gate;

import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import io.jenkins.plugins.modeldelivery.engine.gate.Operator;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a check asks for.
 *
 * @param upward whether larger values are better
 * @param sign as people write it
 * @param exact whether only the bound itself passes
 * @param confident whether the margin is that of a confidence limit
 */
record CheckGoal(boolean upward, String sign, boolean exact, boolean confident) {
    /** Empty for a text that is no check: a report may have been written by another version. */
    static Optional<CheckGoal> of(String check) {
        try {
            Check read = Check.parse(check);
            Operator operator = read.operator();
            return Optional.of(new CheckGoal(
                    operator == Operator.AT_LEAST || operator == Operator.MORE,
                    operator.text().replace(">=", "≥").replace("<=", "≤").replace("==", "="),
                    operator == Operator.EQUAL,
                    read.confidence().isPresent()));
        } catch (DeliveryException e) {
            return Optional.empty();
        }
    }

    /**
     * What the value is worth at least, or at most, with the confidence that the check asks for. On the scale of the value
     * also where the limit is that of a difference from the baseline.
     */
    Optional<BigDecimal> limit(CheckResult result) {
        if (!confident || exact) {
            return Optional.empty();
        }
        return result.bound()
                .flatMap(bound -> result.margin().map(margin -> upward ? bound.add(margin) : bound.subtract(margin)));
    }
}
