package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.util.Map;
import java.util.Optional;

/** Requests as most tests need them. */
public final class TestRequests {
    private TestRequests() {}

    /** Without parameters, with the usual timeout. */
    public static RegisterRequest register(
            String name,
            Optional<String> registry,
            VersionSource source,
            Metrics metrics,
            Map<String, String> tags,
            Map<String, String> provenance,
            String description,
            Optional<String> alias) {
        return new RegisterRequest(
                name,
                registry,
                source,
                metrics,
                Map.of(),
                tags,
                provenance,
                description,
                alias,
                RegisterRequest.TIMEOUT,
                Optional.empty());
    }
}
