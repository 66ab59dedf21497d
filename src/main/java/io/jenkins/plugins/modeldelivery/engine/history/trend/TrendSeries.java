package io.jenkins.plugins.modeldelivery.engine.history.trend;

/**
 * What a trend follows from version to version.
 *
 * @param name as checks write it: {@code auc}, {@code auc{country=DE}}, {@code min(auc{country=*})}
 * @param metric what is drawn on one scale: the metric, or the name of an aggregate
 * @param whole whether it is of the whole data, not of a slice
 */
public record TrendSeries(String name, String metric, boolean whole) {}
