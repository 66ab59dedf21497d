package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Metric;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs that take the files of what is registered from a path; one a registration, found again by its tag. */
final class MlflowRuns {
    /** MLflow's limit for one log-batch. */
    private static final int BATCH = 1000;

    private final MlflowApi api;
    private final String experiment;
    private final Clock clock;

    MlflowRuns(MlflowApi api, String experiment, Clock clock) {
        this.api = api;
        this.experiment = experiment;
        this.clock = clock;
    }

    /**
     * @param id run id
     * @param artifactUri root of its artifacts
     */
    record Run(String id, String artifactUri) {}

    /** @param first whether there can be none yet */
    Run findOrCreate(NewVersion version, boolean first, Cancellation cancellation) {
        String experimentId = experimentId(cancellation);
        Optional<Run> found = first ? Optional.empty() : find(experimentId, version, cancellation);
        return found.orElseGet(() -> create(experimentId, version, cancellation));
    }

    private Optional<Run> find(String experimentId, NewVersion version, Cancellation cancellation) {
        ObjectNode search = Json.object();
        search.putArray("experiment_ids").add(experimentId);
        search.put("filter", "tags.`" + Tags.OPERATION + "` = '" + version.operation() + "'");
        search.put("max_results", 1);
        JsonNode found =
                api.post("runs/search", search, Idempotency.SAFE, "find the run of " + version.name(), cancellation);
        return found.path("runs").isEmpty()
                ? Optional.empty()
                : Optional.of(run(found.path("runs").path(0)));
    }

    private Run create(String experimentId, NewVersion version, Cancellation cancellation) {
        ObjectNode create = Json.object();
        create.put("experiment_id", experimentId);
        create.put("start_time", clock.millis());
        create.put("run_name", version.name());
        ArrayNode tags = create.putArray("tags");
        version.tags().forEach((key, value) -> tags.addObject().put("key", key).put("value", value));
        tags.addObject().put("key", Tags.OPERATION).put("value", version.operation());
        return run(api.post("runs/create", create, Idempotency.ONCE, "create a run for " + version.name(), cancellation)
                .path("run"));
    }

    Run get(String id, Cancellation cancellation) {
        return run(api.get("runs/get", Map.of("run_id", id), "read the run " + id, cancellation)
                .path("run"));
    }

    private static Run run(JsonNode json) {
        return new Run(
                json.path("info").path("run_id").asText(),
                json.path("info").path("artifact_uri").asText());
    }

    private String experimentId(Cancellation cancellation) {
        Optional<String> found = findExperiment(cancellation);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            return api.post(
                            "experiments/create",
                            Json.object().put("name", experiment),
                            Idempotency.ONCE,
                            "create the experiment " + experiment,
                            cancellation)
                    .path("experiment_id")
                    .asText();
        } catch (DeliveryException e) {
            if (e.problem() != Problem.ALREADY_EXISTS) {
                throw e;
            }
            return findExperiment(cancellation).orElseThrow(() -> e);
        }
    }

    private Optional<String> findExperiment(Cancellation cancellation) {
        try {
            return Optional.of(api.get(
                            "experiments/get-by-name",
                            Map.of("experiment_name", experiment),
                            "find the experiment " + experiment,
                            cancellation)
                    .path("experiment")
                    .path("experiment_id")
                    .asText());
        } catch (DeliveryException e) {
            if (e.problem() == Problem.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Logs what MLflow can hold: finite values, the slice as a part of the name. Logging twice gives the same last values. */
    void logMetrics(String runId, Metrics metrics, Cancellation cancellation) {
        List<Metric> finite =
                metrics.all().stream().filter(m -> Double.isFinite(m.value())).toList();
        long now = clock.millis();
        for (int from = 0; from < finite.size(); from += BATCH) {
            ObjectNode body = Json.object().put("run_id", runId);
            ArrayNode array = body.putArray("metrics");
            for (Metric metric : finite.subList(from, Math.min(finite.size(), from + BATCH))) {
                ObjectNode json = array.addObject();
                json.put("key", key(metric));
                json.put("value", metric.value());
                json.put("timestamp", now);
                json.put("step", 0);
                metric.dataset().ifPresent(d -> json.put("dataset_name", d).put("dataset_digest", d));
            }
            api.post("runs/log-batch", body, Idempotency.IDEMPOTENT, "log metrics", cancellation);
        }
    }

    /** A name of the characters that every MLflow accepts. */
    private static String key(Metric metric) {
        StringBuilder key = new StringBuilder(metric.name());
        metric.slice()
                .keys()
                .forEach((k, v) -> key.append('/').append(k).append('.').append(v));
        return key.toString().replaceAll("[^\\p{L}\\p{N}_\\-. /]", "_");
    }

    void finish(String runId, Cancellation cancellation) {
        ObjectNode body =
                Json.object().put("run_id", runId).put("status", "FINISHED").put("end_time", clock.millis());
        api.post("runs/update", body, Idempotency.IDEMPOTENT, "finish the run " + runId, cancellation);
    }

    /** The last values of a run. */
    Metrics lastValues(String runId, Cancellation cancellation) {
        JsonNode run = api.get("runs/get", Map.of("run_id", runId), "read the metrics of run " + runId, cancellation);
        return metrics(run.path("run").path("data").path("metrics"));
    }

    /** A list as MLflow sends it; where a key occurs on several data sets, the last one counts. */
    static Metrics metrics(JsonNode list) {
        Map<String, Metric> byKey = new java.util.TreeMap<>();
        for (JsonNode json : list) {
            double value = Double.parseDouble(json.path("value").asText());
            Optional<String> dataset = json.hasNonNull("dataset_digest")
                    ? Optional.of(json.path("dataset_digest").asText())
                    : Optional.empty();
            String key = json.path("key").asText();
            byKey.put(key, Metric.of(key, value).withDataset(dataset));
        }
        return Metrics.of(new ArrayList<>(byKey.values()));
    }
}
