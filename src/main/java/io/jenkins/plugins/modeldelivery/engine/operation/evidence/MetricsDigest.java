package io.jenkins.plugins.modeldelivery.engine.operation.evidence;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.registry.MetricsJsonForm;

/** A hash of metrics, by which numbers are known again. */
public final class MetricsDigest {
    private MetricsDigest() {}

    /** {@code sha256:} over the form in which registries keep metrics. */
    public static String of(Metrics metrics) {
        return Sha256.digest(Json.canonical(MetricsJsonForm.write(metrics)));
    }
}
