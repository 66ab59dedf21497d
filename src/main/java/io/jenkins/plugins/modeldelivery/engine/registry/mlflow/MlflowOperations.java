package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the version that an operation created, by its tag. */
final class MlflowOperations {
    private final MlflowApi api;

    MlflowOperations(MlflowApi api) {
        this.api = api;
    }

    Optional<ModelVersion> find(String model, String operation, Cancellation cancellation) {
        try {
            JsonReply found = api.get(
                    "model-versions/search",
                    Map.of("filter", filter(model, operation)),
                    "look whether the version of " + model + " is there already",
                    cancellation);
            return ours(found.list("model_versions"), model, operation);
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.UNSUPPORTED);
            return amongThoseOfTheModel(model, operation, cancellation);
        }
    }

    /**
     * The tag alone would do; the name spares the server work. A filter has no way to write every name: quotes end a text
     * in it, and a backslash before one lets it go on.
     */
    private static String filter(String model, String operation) {
        String tag = "tags.`" + Tags.OPERATION + "` = '" + operation + "'";
        boolean plain = model.chars().noneMatch(c -> "'\"\\".indexOf(c) >= 0);
        return plain ? "name = '" + model + "' and " + tag : tag;
    }

    private Optional<ModelVersion> ours(List<JsonReply> versions, String model, String operation) {
        // A server that does not understand the filter may answer more than was asked for.
        List<ModelVersion> ours = versions.stream()
                .filter(version -> version.text("name").equals(model) && MlflowRuns.hasOperation(version, operation))
                .map(version -> MlflowVersions.read(version, api.base()))
                .toList();
        List<ModelVersion> usable = ours.stream()
                .filter(version -> version.status() != ModelVersion.Status.FAILED)
                .toList();
        if (usable.size() > 1) {
            throw ErrorKind.CONFLICT.error("The versions "
                    + usable.stream().map(ModelVersion::version).sorted().collect(Collectors.joining(" and "))
                    + " of " + model + " at " + api.base() + " have the same tag " + Tags.OPERATION + " = "
                    + operation + ", so it is not known which one this registration made. Remove the tag where"
                    + " somebody copied it, and register again.");
        }
        // The operation may have tried again after a version that failed.
        return usable.stream()
                .findFirst()
                .or(() -> ours.stream()
                        .max(Comparator.comparing(version -> version.created().orElse(Instant.EPOCH))));
    }

    /**
     * For a server without a search. GitLab lists all versions of a model with it; MLflow's own API promises the latest of
     * each stage only, so a list with one of each does not prove that there is no other.
     */
    private Optional<ModelVersion> amongThoseOfTheModel(String model, String operation, Cancellation cancellation) {
        List<JsonReply> versions;
        try {
            versions = api.get(
                            "registered-models/get",
                            Map.of("name", model),
                            "look whether the version of " + model + " is there already",
                            cancellation)
                    .object("registered_model")
                    .list("latest_versions");
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.NOT_FOUND);
            return Optional.empty();
        }
        Optional<ModelVersion> found = ours(versions, model, operation);
        if (found.isEmpty() && !versions.isEmpty() && !listsMoreThanTheLatest(versions)) {
            throw ErrorKind.UNSUPPORTED.error(
                    "An earlier attempt to create a version of " + model + " may have arrived, and " + api.base()
                            + " offers no way to look (no model-versions/search). Look there for a version with the"
                            + " tag "
                            + Tags.OPERATION + " = " + operation + ": if there is none, register again as a new"
                            + " operation; if there is one, use that.");
        }
        return found;
    }

    private static boolean listsMoreThanTheLatest(List<JsonReply> versions) {
        Set<String> stages = new HashSet<>();
        for (JsonReply version : versions) {
            if (!stages.add(version.json().path("current_stage").asText())) {
                return true;
            }
        }
        return false;
    }
}
