package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.registry.MetricsJsonForm;

/** A hash of metrics, by which numbers are known again. */
final class MetricsDigest {
    private MetricsDigest() {}

    /** {@code sha256:} over the form in which registries keep metrics. */
    static String of(Metrics metrics) {
        return Manifest.digestOf(Json.canonical(MetricsJsonForm.write(metrics)));
    }
}
