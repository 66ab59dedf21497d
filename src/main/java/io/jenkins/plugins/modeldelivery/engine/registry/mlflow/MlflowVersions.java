package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.registry.Fingerprints;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Model versions as MLflow has them: finds and reads them, and knows where their files are. */
final class MlflowVersions {
    private static final Pattern LOGGED_MODEL =
            Pattern.compile("(?:^models:/|^mlflow-artifacts:/.*/models/)(m-[0-9a-f]{32})(?=$|/artifacts)");
    /** A moment in 1973 as milliseconds, one in the year 5138 as seconds. */
    private static final long EARLIEST_MILLIS = 100_000_000_000L;

    private static final String RUNS = "runs:/";

    private final MlflowApi api;
    private final MlflowRuns runs;

    MlflowVersions(MlflowApi api, MlflowRuns runs) {
        this.api = api;
        this.runs = runs;
    }

    static ModelVersion get(MlflowApi api, String model, String version, Cancellation cancellation) {
        JsonReply reply = api.get(
                "model-versions/get",
                Map.of("name", model, "version", version),
                "read " + model + "/" + version,
                cancellation);
        return read(reply.object("model_version"), api.base());
    }

    static ModelVersion read(JsonReply answer, String base) {
        String name = answer.text("name");
        String version = answer.text("version");
        JsonNode json = answer.json();
        Optional<String> runId = answer.optionalText("run_id");
        Optional<String> modelId = modelId(answer);
        return new ModelVersion(
                name,
                version,
                status(json.path("status").asText("READY")),
                answer.quoted("status_message"),
                "models:/" + name + "/" + version,
                Optional.of(base + "/#/models/" + WebUrl.encode(name) + "/versions/" + WebUrl.encode(version)),
                tags(answer),
                runId,
                modelId,
                json.path("source").asText(),
                json.hasNonNull("creation_timestamp")
                        ? Optional.of(instant(json.path("creation_timestamp").asLong()))
                        : Optional.empty(),
                Fingerprints.of(
                        "mlflow",
                        Map.of(
                                "creation_timestamp",
                                json.path("creation_timestamp").asText(),
                                "run_id",
                                runId.orElse(""),
                                "model_id",
                                modelId.orElse(""),
                                "source",
                                json.path("source").asText())));
    }

    /** The source decides where it names one, since not every reply of a server has the field. */
    private static Optional<String> modelId(JsonReply answer) {
        return loggedModel(answer.json().path("source").asText()).or(() -> answer.optionalText("model_id"));
    }

    /** MLflow's own server takes the id of a logged model but never gives it back; the source names it. */
    static Optional<String> loggedModel(String source) {
        Matcher matcher = LOGGED_MODEL.matcher(source);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Milliseconds, except from GitLab, which sends seconds. */
    private static Instant instant(long timestamp) {
        return timestamp < EARLIEST_MILLIS ? Instant.ofEpochSecond(timestamp) : Instant.ofEpochMilli(timestamp);
    }

    private static ModelVersion.Status status(String text) {
        return switch (text) {
            case "PENDING_REGISTRATION" -> ModelVersion.Status.PENDING;
            case "FAILED_REGISTRATION" -> ModelVersion.Status.FAILED;
            default -> ModelVersion.Status.READY;
        };
    }

    static Map<String, String> tags(JsonReply answer) {
        Map<String, String> tags = new TreeMap<>();
        answer.list("tags")
                .forEach(tag -> tags.put(
                        tag.json().path("key").asText(),
                        tag.json().path("value").asText()));
        return tags;
    }

    /** The version that an operation created, by its tag. */
    Optional<ModelVersion> findByOperation(String model, String operation, Cancellation cancellation) {
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
        String tag = MlflowApi.madeBy(operation);
        boolean plain = model.chars().noneMatch(c -> "'\"\\".indexOf(c) >= 0);
        return plain ? "name = '" + model + "' and " + tag : tag;
    }

    private Optional<ModelVersion> ours(List<JsonReply> versions, String model, String operation) {
        // A server that does not understand the filter may answer more than was asked for.
        List<ModelVersion> ours = versions.stream()
                .filter(version -> version.text("name").equals(model) && MlflowRuns.hasOperation(version, operation))
                .map(version -> read(version, api.base()))
                .toList();
        List<ModelVersion> usable = ours.stream()
                .filter(version -> version.status() != ModelVersion.Status.FAILED)
                .toList();
        if (usable.size() > 1) {
            throw ErrorKind.CONFLICT.error("The versions "
                    + usable.stream().map(ModelVersion::version).sorted().collect(Collectors.joining(" and "))
                    + " of " + model + " at " + api.base() + " have the same tag " + Tags.OPERATION + " = "
                    + operation
                    + ", so it is unknown which of them this registration created. Remove the copied tag, and"
                    + " register again.");
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
                            + " cannot search versions (no model-versions/search). Look in the registry for a version with"
                            + " the tag "
                            + Tags.OPERATION + " = " + operation
                            + ". If there is none, register again as a new operation. If there is one, use it.");
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

    /** The fields of a new version that say where its files are. */
    static ObjectNode sourceFields(NewVersion version, Optional<VersionDraft> staging) {
        ObjectNode fields = Json.object();
        if (version.source() instanceof VersionSource.Files) {
            Map<String, String> properties = staging.orElseThrow().properties();
            fields.put("run_id", properties.get(MlflowRegistry.RUN_ID));
            if (properties.containsKey(MlflowRegistry.MODEL_ID)) {
                loggedModel(properties.get(MlflowRegistry.MODEL_ID), fields);
            } else {
                fields.put("source", properties.get(MlflowRegistry.ROOT));
            }
        } else if (version.source() instanceof VersionSource.Resolved resolved) {
            fields.put("source", resolved.uri());
            resolved.runId().ifPresent(id -> fields.put("run_id", id));
            resolved.modelId().ifPresent(id -> fields.put("model_id", id));
        } else {
            throw new IllegalArgumentException("not resolved: " + version.source());
        }
        return fields;
    }

    private static void loggedModel(String id, ObjectNode fields) {
        fields.put("source", "models:/" + id).put("model_id", id);
    }

    String files(ModelVersion version, Cancellation cancellation) {
        String uri = version.source();
        if (!uri.startsWith(MlflowArtifacts.SCHEME) && !uri.startsWith(RUNS)) {
            uri = api.get(
                            "model-versions/get-download-uri",
                            Map.of("name", version.name(), "version", version.version()),
                            "find the files of " + version.uri(),
                            cancellation)
                    .text("artifact_uri");
        }
        if (uri.startsWith(RUNS)) {
            String[] parts = uri.substring(RUNS.length()).split("/", 2);
            uri = runs.source(parts[0], cancellation).artifactUri() + (parts.length > 1 ? "/" + parts[1] : "");
        }
        return uri;
    }
}
