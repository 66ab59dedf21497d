package io.jenkins.plugins.modeldelivery.engine.export;

import io.jenkins.plugins.modeldelivery.engine.metrics.NameQuoting;

/**
 * The key of a metric in an event, taken apart.
 *
 * @param slice with its braces; empty for the whole data
 */
record MetricKey(String name, String slice) {
    /** @param key as {@link io.jenkins.plugins.modeldelivery.engine.metrics.Metric.Key} writes it */
    static MetricKey of(String key) {
        if (key.startsWith("\"")) {
            return quoted(key);
        }
        int brace = key.endsWith("}") ? key.indexOf('{') : -1;
        return brace < 0 ? new MetricKey(key, "") : new MetricKey(key.substring(0, brace), key.substring(brace));
    }

    private static MetricKey quoted(String key) {
        StringBuilder name = new StringBuilder();
        for (int at = 1; at < key.length() && key.charAt(at) != '"'; at++) {
            if (key.charAt(at) == '\\' && at + 1 < key.length()) {
                at++;
            }
            name.append(key.charAt(at));
        }
        String quoted = NameQuoting.quoted(name.toString());
        // A name of another writer that happens to begin with a quote is taken as it is.
        return key.startsWith(quoted)
                ? new MetricKey(name.toString(), key.substring(quoted.length()))
                : new MetricKey(key, "");
    }
}
