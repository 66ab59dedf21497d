package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.delivery.Actor;
import io.jenkins.plugins.modeldelivery.engine.delivery.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.Documents;
import io.jenkins.plugins.modeldelivery.engine.delivery.LocalInputFiles;
import io.jenkins.plugins.modeldelivery.engine.delivery.RequestReader;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of a run: a file, or what stands in for one.
 *
 * @param configuration the file, or where it would be
 * @param document its content, or the defaults
 */
record Settings(Path configuration, JsonNode document, Map<String, String> environment) {
    private static final String FILE = "model-delivery.yaml";
    private static final String HOME = ".model-delivery";

    /** @throws DeliveryException INVALID_INPUT with file, line and column */
    static Settings load(Optional<Path> named, Map<String, String> environment, Path directory) {
        Path file = named.orElse(directory.resolve(FILE));
        if (named.isPresent() && !Files.exists(file)) {
            throw new DeliveryException(Problem.INVALID_INPUT, "There is no configuration file " + file + ".");
        }
        JsonNode document = Files.exists(file)
                ? Documents.read(file, Documents.Schema.CONFIGURATION)
                : JsonNodeFactory.instance.objectNode();
        return new Settings(file.toAbsolutePath().normalize(), document, Map.copyOf(environment));
    }

    /** Beside the configuration; relative paths in it start here. */
    Path base() {
        return configuration.getParent();
    }

    Path home() {
        return base().resolve(HOME);
    }

    Path records() {
        return document.hasNonNull("records") ? resolve(document.path("records").asText()) : home().resolve("records");
    }

    Rules rules() {
        return Rules.parse(document).withBaselinesIn(base().toString());
    }

    /** @throws DeliveryException INVALID_INPUT if no file can have this path, as with NUL in it */
    Path resolve(String path) {
        return new LocalInputFiles(base()).path(path);
    }

    /** @param base where the paths that a request names start */
    RequestReader reader(Path base) {
        return new RequestReader(rules(), new LocalInputFiles(base), Provenance.tags(environment));
    }

    /** Paths in a delivery file start beside it. */
    DeliverRequest delivery(Path file) {
        return reader(file.toAbsolutePath().getParent()).deliver(Documents.read(file, Documents.Schema.DELIVERY));
    }

    /** The registries by name; without any: MLflow's own variables, else a directory. */
    JsonNode registries() {
        if (document.path("registries").isObject()
                && !document.path("registries").isEmpty()) {
            return document.path("registries");
        }
        ObjectNode registries = JsonNodeFactory.instance.objectNode();
        String uri = environment.get("MLFLOW_TRACKING_URI");
        if (uri != null && uri.startsWith("http")) {
            ObjectNode mlflow =
                    registries.putObject("mlflow").put("type", "mlflow").put("url", uri);
            // As MLflow's own client decides where there is both.
            if (given("MLFLOW_TRACKING_USERNAME") && given("MLFLOW_TRACKING_PASSWORD")) {
                copy("MLFLOW_TRACKING_USERNAME", mlflow, "username");
                copy("MLFLOW_TRACKING_PASSWORD", mlflow, "password");
            } else if (given("MLFLOW_TRACKING_TOKEN")) {
                copy("MLFLOW_TRACKING_TOKEN", mlflow, "token");
            }
        } else {
            registries.putObject("local").put("type", "directory").put("path", HOME + "/registry");
        }
        return registries;
    }

    private boolean given(String variable) {
        return !environment.getOrDefault(variable, "").isEmpty();
    }

    private static void copy(String variable, ObjectNode to, String key) {
        to.put(key, "${env:" + variable + "}");
    }

    JsonNode targets() {
        if (document.path("targets").isObject() && !document.path("targets").isEmpty()) {
            return document.path("targets");
        }
        ObjectNode targets = JsonNodeFactory.instance.objectNode();
        targets.putObject("local")
                .put("type", "directory")
                .put("path", HOME + "/served")
                .put("layout", "versions");
        return targets;
    }

    /** Replaces {@code ${env:NAME}}; the only way by which a secret gets in. */
    String secret(String text) {
        if (!text.startsWith("${env:") || !text.endsWith("}")) {
            return text;
        }
        String variable = text.substring("${env:".length(), text.length() - 1);
        String value = environment.get(variable);
        if (value == null) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The environment variable " + variable + " that " + configuration + " names is not set.");
        }
        return value;
    }

    Actor actor() {
        String build = environment.get("BUILD_URL");
        return new Actor(System.getProperty("user.name", "unknown"), Optional.ofNullable(build));
    }
}
