package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.Answer;
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
        return api
                .post("runs/search", search, Idempotency.SAFE, "find the run of " + version.name(), cancellation)
                .list("runs")
                .stream()
                .map(MlflowRuns::run)
                .findFirst();
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
                .object("run"));
    }

    Run get(String id, Cancellation cancellation) {
        return run(api.get("runs/get", Map.of("run_id", id), "read the run " + id, cancellation)
                .object("run"));
    }

    private static Run run(Answer run) {
        Answer info = run.object("info");
        return new Run(info.text("run_id"), info.text("artifact_uri"));
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
                    .text("experiment_id");
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
                    .object("experiment")
                    .text("experiment_id"));
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
            api.post(
                    "runs/log-batch",
                    body,
                    Idempotency.IDEMPOTENT,
                    "log the metrics of the run " + runId,
                    cancellation);
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
        return metrics(
                api.get("runs/get", Map.of("run_id", runId), "read the metrics of the run " + runId, cancellation)
                        .object("run"));
    }

    /** Of a run or logged model; where a key occurs on several data sets, the last one counts. */
    static Metrics metrics(Answer owner) {
        Map<String, Metric> byKey = new java.util.TreeMap<>();
        // Neither has data if nothing was logged.
        List<Answer> list =
                owner.json().hasNonNull("data") ? owner.object("data").list("metrics") : List.of();
        for (Answer metric : list) {
            String key = metric.text("key");
            byKey.put(key, Metric.of(key, metric.number("value")).withDataset(metric.optionalText("dataset_digest")));
        }
        return Metrics.of(new ArrayList<>(byKey.values()));
    }
}
