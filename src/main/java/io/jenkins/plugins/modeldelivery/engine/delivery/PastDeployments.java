package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import java.util.Optional;

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
        Optional<SmokeTest> found = Optional.empty();
        for (Event event : bench.records().events(registry, model)) {
            JsonNode details = event.draft().details();
            if (event.draft().type().equals("deployment-started")
                    && event.draft().version().equals(Optional.of(version))
                    && details.path("target").asText().equals(target)
                    && details.path("endpoint").asText().equals(endpoint)) {
                JsonNode test = details.path("smokeTest");
                found = test.isObject() ? Optional.of(SmokeTest.fromJson(test)) : Optional.empty();
            }
        }
        return found;
    }
}
