package io.jenkins.plugins.modeldelivery.engine.operation.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.MetricsDigest;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.PromotionFactsReader;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a registration says of its version: to its caller, and in the record. */
record RegistrationReport(RegisterRequest request, String registry, JournalEntry entry) {
    /** Whether an earlier run of the same registration made the version. */
    static final String FOUND = "found";

    ObjectNode result(ModelVersion version, boolean found) {
        ObjectNode result = Json.object();
        result.put("name", version.name());
        result.put("version", version.version());
        result.put("fingerprint", version.fingerprint());
        result.put("registry", registry);
        result.put("uri", version.uri());
        version.url().ifPresent(url -> result.put("url", url));
        entry.find("digest").ifPresent(digest -> result.put("digest", digest));
        version.created().ifPresent(created -> result.put("created", created.toString()));
        if (found) {
            result.put(FOUND, true);
        }
        ObjectNode metrics = result.putObject("metrics");
        request.metrics().all().stream()
                .filter(m -> Double.isFinite(m.value()))
                .forEach(m -> metrics.put(m.key().toString(), m.value()));
        return result;
    }

    /** Of the event, without what every event has; expects the result in the journal. */
    ObjectNode details(List<String> requesters) {
        ObjectNode details = entry.object("result").deepCopy();
        details.remove(List.of("name", "version", "fingerprint", "registry", "digest", FOUND));
        if (!request.metrics().isEmpty()) {
            details.put("metricsDigest", MetricsDigest.of(request.metrics()));
        }
        ObjectNode tags = details.putObject("tags");
        request.allTags().forEach(tags::put);
        if (!request.parameters().isEmpty()) {
            ObjectNode parameters = details.putObject("parameters");
            request.parameters().forEach(parameters::put);
        }
        if (!request.description().isEmpty()) {
            details.put("description", request.description());
        }
        for (String count : List.of("size", "files")) {
            if (entry.node(count).isNumber()) {
                details.set(count, entry.node(count));
            }
        }
        addDatasets(details);
        if (!requesters.isEmpty()) {
            requesters.forEach(details.putArray(PromotionFactsReader.REQUESTERS)::add);
        }
        return details;
    }

    /** Nobody but the record keeps on which data a version was measured. */
    private void addDatasets(ObjectNode details) {
        Map<String, String> names = new TreeMap<>();
        request.metrics()
                .all()
                .forEach(metric -> metric.dataset()
                        .ifPresent(
                                digest -> names.put(digest, metric.datasetName().orElse(""))));
        if (names.isEmpty()) {
            return;
        }
        ArrayNode datasets = details.putArray("datasets");
        names.forEach((digest, name) -> {
            ObjectNode dataset = datasets.addObject().put("digest", digest);
            if (!name.isEmpty()) {
                dataset.put("name", name);
            }
        });
    }

    String notReady(ModelVersion version) {
        return "Registry " + registry + " did not finish processing " + version.uri() + " within "
                + request.timeout().toSeconds() + " s; it says \"" + version.statusMessage()
                + "\". Check the registry. Run the same registration again: it continues with this version"
                + " when the version is ready.";
    }

    String failed(ModelVersion version) {
        return "Registry " + registry + " failed to process " + version.uri() + ": \"" + version.statusMessage()
                + "\". The version stays there with this status. Register again.";
    }

    String replaced(ModelVersion version) {
        return request.name() + "/" + version.version() + " was deleted and created again in registry " + registry
                + " before it was ready. This registration did not create the present version. Register again.";
    }
}
