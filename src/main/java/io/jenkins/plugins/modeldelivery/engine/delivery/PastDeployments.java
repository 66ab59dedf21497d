package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What the record knows of earlier deployments of a model. */
final class PastDeployments {
    private final Workbench bench;
    private final String registry;
    private final String model;

    PastDeployments(Workbench bench, String registry, String model) {
        this.bench = bench;
        this.registry = registry;
        this.model = model;
    }

    /** The smoke test with which this version was deployed there last, if it had one. */
    Optional<SmokeTest> smokeTestOf(String target, String endpoint, String version) {
        AtomicReference<JsonNode> found = new AtomicReference<>(MissingNode.getInstance());
        bench.records().each(registry, model, event -> {
            JsonNode details = event.draft().details();
            if (event.draft().type() == EventType.DEPLOYMENT_STARTED
                    && event.draft().version().equals(Optional.of(version))
                    && details.path("target").asText().equals(target)
                    && details.path("endpoint").asText().equals(endpoint)) {
                found.set(details.path("smokeTest"));
            }
        });
        JsonNode test = found.get();
        return test.isObject() ? Optional.of(SmokeTest.fromJson(test)) : Optional.empty();
    }
}
