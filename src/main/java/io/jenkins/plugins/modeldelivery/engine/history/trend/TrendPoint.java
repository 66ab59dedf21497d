package io.jenkins.plugins.modeldelivery.engine.history.trend;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * How a version did in one series.
 *
 * @param value absent if the version has none, or it is no number
 * @param baseline what it was compared with
 * @param bounds one a check, in the order of the gate
 * @param verdict the gravest of the checks
 * @param reason of the first check with this verdict
 */
public record TrendPoint(
        Optional<BigDecimal> value,
        Optional<BigDecimal> baseline,
        List<TrendBound> bounds,
        Verdict verdict,
        String reason) {
    public TrendPoint {
        bounds = List.copyOf(bounds);
    }
}
