package io.jenkins.plugins.modeldelivery.engine.history.trend;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What one check asked of a value.
 *
 * @param line which bounds of the same series make one line, in words, e.g. {@code at least} or {@code at most, from the
 *     baseline}; two of one version never have the same
 * @param bound absent if there was none, as without a baseline
 */
public record TrendBound(String line, String check, Optional<BigDecimal> bound) {}
