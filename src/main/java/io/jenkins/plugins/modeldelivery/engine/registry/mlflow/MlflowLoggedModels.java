package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** MLflow 3's logged models: the place for a model's files, and for metrics that know their data set. */
final class MlflowLoggedModels {
    private static final Pattern UNUSABLE = Pattern.compile("[/:.%\"']");
    private static final int PAGES = 50;

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
            e.rethrowUnless(ErrorKind.UNSUPPORTED);
            offered = false;
            return Optional.empty();
        }
    }

    private Optional<LoggedModel> find(NewVersion version, String experiment, Cancellation cancellation) {
        ObjectNode search = MlflowApi.inExperiment(experiment, MlflowApi.madeBy(version.operation()))
                .put("max_results", 1);
        return api
                .search("logged-models/search", search, "find the logged model of " + version.name(), cancellation)
                .list("models")
                .stream()
                .filter(model -> MlflowRuns.hasOperation(model.object("info"), version.operation()))
                .map(MlflowLoggedModels::read)
                .findFirst();
    }

    private LoggedModel create(NewVersion version, MlflowRuns.Run run, Cancellation cancellation) {
        ObjectNode body = Json.object();
        body.put("experiment_id", run.experiment());
        // Fewer characters than a registered model may have.
        body.put("name", version.name().replaceAll(UNUSABLE.pattern(), "-"));
        body.put("source_run_id", run.id());
        MlflowApi.addPairs(body.putArray("params"), version.parameters());
        MlflowApi.addPairs(body.putArray("tags"), Map.of(Tags.OPERATION, version.operation()));
        return read(api.create("logged-models", body, "create a logged model for " + version.name(), cancellation)
                .object("model"));
    }

    private static LoggedModel read(JsonReply model) {
        JsonReply info = model.object("info");
        return new LoggedModel(info.text("model_id"), info.text("artifact_uri"));
    }

    /**
     * What the server says of the logged model of a run with this name; of several the one of the highest step, then the newest. Empty if there is
     * none or the server knows no logged models.
     */
    Optional<JsonReply> named(String name, MlflowRuns.Source run, Cancellation cancellation) {
        if (UNUSABLE.matcher(name).find()) {
            return Optional.empty();
        }
        List<JsonReply> found = of(run, "name = '" + name + "' and ", cancellation).stream()
                .filter(info -> info.text("name").equals(name))
                .toList();
        if (found.size() > 1 && run.steps().isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The run " + run.id() + " at " + api.base() + " has " + found.size() + " logged models named "
                            + name
                            + ", and the server does not return which is the newest. Give the id of one: "
                            + found.stream().map(info -> info.text("model_id")).collect(Collectors.joining(", "))
                            + ".");
        }
        return found.stream()
                .max(Comparator.comparing((JsonReply info) -> run.steps().getOrDefault(info.text("model_id"), -1L))
                        .thenComparing(info ->
                                info.json().path("creation_timestamp_ms").asLong()));
    }

    /** The names of all logged models of a run, each once. */
    List<String> namesOf(MlflowRuns.Source run, Cancellation cancellation) {
        return of(run, "", cancellation).stream()
                .map(info -> info.text("name"))
                .distinct()
                .sorted()
                .toList();
    }

    private List<JsonReply> of(MlflowRuns.Source run, String condition, Cancellation cancellation) {
        String filter = condition + "source_run_id = '" + run.id() + "'";
        try {
            return MlflowApi.pages(PAGES, token -> {
                        ObjectNode search = MlflowApi.inExperiment(run.experiment(), filter);
                        token.ifPresent(next -> search.put("page_token", next));
                        String purpose = "find the logged models of the run " + run.id();
                        return api.search("logged-models/search", search, purpose, cancellation);
                    })
                    .flatMap(page -> page.list("models").stream())
                    .map(model -> model.object("info"))
                    .filter(info -> info.json().path("source_run_id").asText().equals(run.id()))
                    .toList();
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.UNSUPPORTED);
            return List.of();
        }
    }

    /**
     * The root of its artifacts.
     *
     * @throws DeliveryException NOT_FOUND; INVALID_INPUT if its files are not, or will never be, all there
     */
    String requireReady(String id, Cancellation cancellation) {
        return requireReady(get(id, cancellation).object("info"));
    }

    /** As {@link #requireReady(String, Cancellation)}, of a logged model that was read. */
    String requireReady(JsonReply info) {
        String status = info.optionalText("status").orElse("LOGGED_MODEL_READY");
        if (status.equals("LOGGED_MODEL_PENDING") || status.equals("LOGGED_MODEL_UPLOAD_FAILED")) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The logged model " + info.text("model_id") + " at " + api.base() + " is not ready: its status is "
                            + status + ". Register it once it is ready (LOGGED_MODEL_READY).");
        }
        return info.text("artifact_uri");
    }

    /** Id of its experiment; "" if the server does not say. */
    String experiment(String id, Cancellation cancellation) {
        return get(id, cancellation)
                .object("info")
                .optionalText("experiment_id")
                .orElse("");
    }

    Metrics metrics(String id, Cancellation cancellation) {
        MlflowMetrics.NanValues zeros = new MlflowMetrics.NanValues(api, cancellation);
        return MlflowMetrics.read(
                MlflowMetrics.lastOfEach(get(id, cancellation)).values(), zeros::value);
    }

    private JsonReply get(String id, Cancellation cancellation) {
        return api.get("logged-models/" + WebUrl.encode(id), Map.of(), "read the logged model " + id, cancellation)
                .object("model");
    }

    /** All its files are there. */
    void finish(String id, Cancellation cancellation) {
        ObjectNode body = Json.object().put("model_id", id).put("status", "LOGGED_MODEL_READY");
        api.update("PATCH", "logged-models/" + WebUrl.encode(id), body, "finish the logged model " + id, cancellation);
    }
}
