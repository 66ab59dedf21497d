package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.Answer;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import java.util.Map;
import java.util.Optional;

/** MLflow 3's logged models: the place for a model's files, and for metrics that know their data set. */
final class MlflowLoggedModels {
    private final MlflowApi api;
    private volatile boolean offered = true;

    MlflowLoggedModels(MlflowApi api) {
        this.api = api;
    }

    /**
     * @param id {@code m-…}
     * @param artifactUri root of its files
     */
    record LoggedModel(String id, String artifactUri) {}

    /** One for a registration, found again by its tag; empty if the server knows no logged models (MLflow 2). */
    Optional<LoggedModel> findOrCreate(NewVersion version, MlflowRuns.Run run, Cancellation cancellation) {
        if (!offered) {
            return Optional.empty();
        }
        try {
            Optional<LoggedModel> found =
                    run.created() ? Optional.empty() : find(version, run.experiment(), cancellation);
            return Optional.of(found.orElseGet(() -> create(version, run, cancellation)));
        } catch (DeliveryException e) {
            if (e.problem() != Problem.UNSUPPORTED) {
                throw e;
            }
            offered = false;
            return Optional.empty();
        }
    }

    private Optional<LoggedModel> find(NewVersion version, String experiment, Cancellation cancellation) {
        ObjectNode search = Json.object();
        search.putArray("experiment_ids").add(experiment);
        search.put("filter", "tags.`" + Tags.OPERATION + "` = '" + version.operation() + "'");
        search.put("max_results", 1);
        return api
                .post(
                        "logged-models/search",
                        search,
                        Idempotency.SAFE,
                        "find the logged model of " + version.name(),
                        cancellation)
                .list("models")
                .stream()
                .filter(model -> MlflowRuns.bears(model.object("info"), version.operation()))
                .map(MlflowLoggedModels::read)
                .findFirst();
    }

    private LoggedModel create(NewVersion version, MlflowRuns.Run run, Cancellation cancellation) {
        ObjectNode body = Json.object();
        body.put("experiment_id", run.experiment());
        // Fewer characters than a registered model may have.
        body.put("name", version.name().replaceAll("[/:.%\"']", "-"));
        body.put("source_run_id", run.id());
        ArrayNode parameters = body.putArray("params");
        version.parameters()
                .forEach((key, value) -> parameters.addObject().put("key", key).put("value", value));
        ArrayNode tags = body.putArray("tags");
        tags.addObject().put("key", Tags.OPERATION).put("value", version.operation());
        return read(api.post(
                        "logged-models",
                        body,
                        Idempotency.ONCE,
                        "create a logged model for " + version.name(),
                        cancellation)
                .object("model"));
    }

    private static LoggedModel read(Answer model) {
        Answer info = model.object("info");
        return new LoggedModel(info.text("model_id"), info.text("artifact_uri"));
    }

    /** @throws DeliveryException NOT_FOUND; INVALID_INPUT if its files are not, or will never be, all there */
    void requireReady(String id, Cancellation cancellation) {
        String status =
                get(id, cancellation).object("info").optionalText("status").orElse("LOGGED_MODEL_READY");
        if (status.equals("LOGGED_MODEL_PENDING") || status.equals("LOGGED_MODEL_UPLOAD_FAILED")) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The logged model " + id + " at " + api.base() + " is not whole: its status is " + status
                            + ". Register it once it is ready (LOGGED_MODEL_READY).");
        }
    }

    Metrics metrics(String id, Cancellation cancellation) {
        return MlflowMetrics.last(get(id, cancellation));
    }

    private Answer get(String id, Cancellation cancellation) {
        return api.get("logged-models/" + MlflowApi.encode(id), Map.of(), "read the logged model " + id, cancellation)
                .object("model");
    }

    /** All its files are there. */
    void finish(String id, Cancellation cancellation) {
        ObjectNode body = Json.object().put("model_id", id).put("status", "LOGGED_MODEL_READY");
        api.patch("logged-models/" + MlflowApi.encode(id), body, "finish the logged model " + id, cancellation);
    }
}
