package io.jenkins.plugins.modeldelivery.engine.request;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.util.Optional;

/**
 * The data that metrics were measured on.
 *
 * @param name for people
 * @param digest tells two data sets apart
 */
record Dataset(Optional<String> name, Optional<String> digest) {
    /** {@code name}, {@code name@digest} or {@code sha256:…}. */
    static Dataset parse(String text) {
        int at = text.indexOf('@');
        if (at > 0) {
            return new Dataset(Optional.of(text.substring(0, at)), Optional.of(text.substring(at + 1)));
        }
        return text.startsWith(Sha256.PREFIX)
                ? new Dataset(Optional.empty(), Optional.of(text))
                : new Dataset(Optional.of(text), Optional.empty());
    }

    /**
     * The metric as measured on this, unless it was measured on something else: identified by the digest, which alone proves
     * sameness, and named as people name it.
     */
    Metric of(Metric metric) {
        boolean other = metric.dataset().isPresent() && !metric.dataset().equals(digest);
        return other ? metric : metric.withDataset(digest).withDatasetName(name);
    }
}
