package io.jenkins.plugins.modeldelivery.engine.operation.evidence;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.registry.MetricsJsonForm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A hash of metrics, by which numbers are known again. */
public final class MetricsDigest {
    private MetricsDigest() {}

    /** {@code sha256:} over the form in which registries keep metrics. */
    public static String of(Metrics metrics) {
        byte[] bytes = Json.canonical(MetricsJsonForm.write(metrics)).getBytes(StandardCharsets.UTF_8);
        return "sha256:" + HexFormat.of().formatHex(Manifest.sha256().digest(bytes));
    }
}
