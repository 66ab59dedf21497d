package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The runs of registrations: what is measured is logged to them. One a registration, found again by its tag. */
final class MlflowRuns {
    /** MLflow takes 1,000 metrics and 1,000,000 characters at once; a metric may have 1,000 of them. */
    private static final int BATCH = 900;
    /** MLflow's limit for one log-batch. */
    private static final int PARAMETERS = 100;
    /** What every MLflow takes for a tag of a run; the version has the whole. */
    private static final int LONGEST_TAG = 5000;

    private static final int LONGEST_EXPERIMENT = 500;

    private final MlflowApi api;
    private final String experiment;
    private final Clock clock;

    MlflowRuns(MlflowApi api, String experiment, Clock clock) {
        if (experiment.isBlank() || experiment.length() > LONGEST_EXPERIMENT) {
            throw ErrorKind.INVALID_INPUT.error("The experiment \"" + TextSanitizer.brief(experiment, 60)
                    + "\" must have a name of 1 to " + LONGEST_EXPERIMENT + " characters.");
        }
        RegistryNames.checkText("The experiment \"" + TextSanitizer.brief(experiment, 60) + "\" ", experiment);
        this.api = api;
        this.experiment = experiment;
        this.clock = clock;
    }

    /**
     * @param id run id
     * @param experiment id of its experiment, "" if the server does not say
     * @param artifactUri root of its artifacts
     * @param created just now; nothing else can be there that belongs to it
     */
    record Run(String id, String experiment, String artifactUri, boolean created) {}

    /** @param first whether there can be none yet */
    Run findOrCreate(NewVersion version, boolean first, Cancellation cancellation) {
        String experimentId = experimentId(cancellation);
        Optional<Run> found = first ? Optional.empty() : find(experimentId, version, cancellation);
        return found.orElseGet(() -> create(experimentId, version, cancellation));
    }

    private Optional<Run> find(String experimentId, NewVersion version, Cancellation cancellation) {
        ObjectNode search = MlflowApi.inExperiment(experimentId, MlflowApi.madeBy(version.operation()))
                .put("max_results", 1);
        // A server may not know how to filter (GitLab does not).
        return api
                .search("runs/search", search, "find the run of " + version.name(), cancellation)
                .list("runs")
                .stream()
                .filter(run -> run.json().hasNonNull("data") && hasOperation(run.object("data"), version.operation()))
                .map(run -> run(run, false))
                .findFirst();
    }

    private Run create(String experimentId, NewVersion version, Cancellation cancellation) {
        ObjectNode create = Json.object();
        create.put("experiment_id", experimentId);
        create.put("start_time", clock.millis());
        create.put("run_name", version.name());
        ArrayNode tags = create.putArray("tags");
        version.tags()
                .forEach((key, value) ->
                        tags.addObject().put("key", key).put("value", MlflowMetrics.cut(value, LONGEST_TAG)));
        tags.addObject().put("key", Tags.OPERATION).put("value", version.operation());
        JsonReply created = api.create("runs/create", create, "create a run for " + version.name(), cancellation);
        return run(created.object("run"), true);
    }

    static boolean hasOperation(JsonReply tagged, String operation) {
        return operation.equals(MlflowVersions.tags(tagged).get(Tags.OPERATION));
    }

    /**
     * A run that a version may be made from.
     *
     * @param status e.g. FINISHED; empty if the server does not say
     * @param deleted in the server's trash
     * @param steps at which logged models were logged, by id; empty if the server does not say
     */
    record Source(
            String id, String experiment, String artifactUri, String status, boolean deleted, Map<String, Long> steps) {
        /** @throws DeliveryException INVALID_INPUT if nothing should be made of what it logged */
        void requireWhole(String server) {
            if (deleted) {
                throw ErrorKind.INVALID_INPUT.error("The run " + id + " at " + server
                        + " is deleted, and its files can be deleted at any time. Restore it, or register the model of"
                        + " another run.");
            }
            if (status.equals("FAILED") || status.equals("KILLED")) {
                throw ErrorKind.INVALID_INPUT.error(
                        "The run " + id + " at " + server + " did not finish: its status is " + status
                                + ". Register the model of a finished run. If a logged model of it is ready, give the id of"
                                + " that model.");
            }
        }
    }

    Source source(String id, Cancellation cancellation) {
        JsonReply run = api.get("runs/get", Map.of("run_id", id), "read the run " + id, cancellation)
                .object("run");
        JsonReply info = run.object("info");
        Map<String, Long> steps = new HashMap<>();
        if (run.json().path("outputs").isObject()) {
            run.object("outputs")
                    .list("model_outputs")
                    .forEach(output -> steps.put(
                            output.text("model_id"), output.json().path("step").asLong()));
        }
        return new Source(
                info.text("run_id"),
                info.optionalText("experiment_id").orElse(""),
                info.text("artifact_uri"),
                info.optionalText("status").orElse(""),
                info.json().path("lifecycle_stage").asText().equals("deleted"),
                steps);
    }

    String experimentName(String id, Cancellation cancellation) {
        return api.get("experiments/get", Map.of("experiment_id", id), "read the experiment " + id, cancellation)
                .object("experiment")
                .text("name");
    }

    /** Some runs that name this one as their parent. */
    List<String> children(Source parent, int most, Cancellation cancellation) {
        ObjectNode search = MlflowApi.inExperiment(
                        parent.experiment(), "tags.`mlflow.parentRunId` = '" + parent.id() + "'")
                .put("max_results", most);
        try {
            return api
                    .search("runs/search", search, "find the children of " + parent.id(), cancellation)
                    .list("runs")
                    .stream()
                    .map(run -> run.object("info").text("run_id"))
                    .toList();
        } catch (DeliveryException e) {
            // This only makes a message better.
            e.rethrowIf(ErrorKind.CANCELLED);
            return List.of();
        }
    }

    private static Run run(JsonReply run, boolean created) {
        JsonReply info = run.object("info");
        return new Run(
                info.text("run_id"), info.optionalText("experiment_id").orElse(""), info.text("artifact_uri"), created);
    }

    private String experimentId(Cancellation cancellation) {
        Optional<String> found = findExperiment(cancellation);
        if (found.isPresent()) {
            return found.get();
        }
        try {
            return api.create(
                            "experiments/create",
                            Json.object().put("name", experiment),
                            "create the experiment " + experiment,
                            cancellation)
                    .text("experiment_id");
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.ALREADY_EXISTS);
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
            e.rethrowUnless(ErrorKind.NOT_FOUND);
            return Optional.empty();
        }
    }

    /** Logging the same twice changes nothing. */
    void logParameters(String runId, Map<String, String> parameters, Cancellation cancellation) {
        List<Map.Entry<String, String>> all = List.copyOf(parameters.entrySet());
        logBatches(runId, "parameters", all, PARAMETERS, cancellation, (some, body) -> {
            ArrayNode array = body.putArray("params");
            some.forEach(e -> array.addObject().put("key", e.getKey()).put("value", e.getValue()));
        });
    }

    /**
     * Logs what MLflow can hold. Logging twice gives the same last values.
     *
     * @param model a logged model that these are metrics of too
     */
    void logMetrics(String runId, Optional<String> model, Metrics metrics, Cancellation cancellation) {
        List<Metric> all = MlflowMetrics.loggable(metrics);
        Map<Metric.Key, String> keys = MlflowMetrics.keys(all);
        long now = clock.millis();
        logBatches(
                runId,
                "metrics",
                all,
                BATCH,
                cancellation,
                (some, body) -> MlflowMetrics.write(some, keys, model, body.putArray("metrics"), now));
    }

    private <T> void logBatches(
            String runId,
            String what,
            List<T> all,
            int most,
            Cancellation cancellation,
            BiConsumer<List<T>, ObjectNode> write) {
        for (int from = 0; from < all.size(); from += most) {
            ObjectNode body = Json.object().put("run_id", runId);
            write.accept(all.subList(from, Math.min(all.size(), from + most)), body);
            String purpose = "log the " + what + " of the run " + runId;
            api.update("POST", "runs/log-batch", body, purpose, cancellation);
        }
    }

    void finish(String runId, Cancellation cancellation) {
        ObjectNode body =
                Json.object().put("run_id", runId).put("status", "FINISHED").put("end_time", clock.millis());
        api.update("POST", "runs/update", body, "finish the run " + runId, cancellation);
    }

    Metrics lastValues(String runId, Cancellation cancellation) {
        return MlflowMetrics.last(
                api.get("runs/get", Map.of("run_id", runId), "read the metrics of the run " + runId, cancellation)
                        .object("run"));
    }
}
