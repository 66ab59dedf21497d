package io.jenkins.plugins.modeldelivery.engine.export;

/**
 * The key of a metric in an event, taken apart.
 *
 * @param slice with its braces; empty for the whole data
 */
record MetricKey(String name, String slice) {
    static MetricKey of(String key) {
        int brace = key.endsWith("}") ? key.indexOf('{') : -1;
        return brace < 0 ? new MetricKey(key, "") : new MetricKey(key.substring(0, brace), key.substring(brace));
    }
}
