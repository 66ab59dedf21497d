package io.jenkins.plugins.modeldelivery.cli.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.document.Documents;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.index.RecordIndex;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.LocalInputFiles;
import io.jenkins.plugins.modeldelivery.engine.request.RequestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configuration of a run: a file, or what stands in for one.
 *
 * @param configuration the file, or where it would be
 * @param origin whether it was found, and how
 * @param document its content, or the defaults
 * @param directory the current one
 */
public record Settings(
        Path configuration, Origin origin, JsonNode document, Map<String, String> environment, Path directory) {
    private static final String HOME = ".model-delivery";
    private static final String LABEL = "note         ";

    /** Where a configuration comes from. */
    public enum Origin {
        /** The command names it, or it lies where the command runs. */
        HERE,
        PARENT,
        /** There is none. */
        NONE
    }

    /**
     * @param from the directory of the delivery file, if there is one, and last the current directory
     * @throws DeliveryException INVALID_INPUT with file, line and column
     */
    public static Settings load(Optional<Path> named, Map<String, String> environment, List<Path> from) {
        List<Path> near =
                from.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        Path current = near.get(near.size() - 1);
        named.filter(Files::notExists).ifPresent(file -> {
            throw ErrorKind.INVALID_INPUT.error("There is no configuration file " + file + ".");
        });
        Optional<Path> found = named.isPresent()
                ? named.map(path -> path.toAbsolutePath().normalize())
                : new ConfigurationFile().find(near);
        JsonNode document =
                found.isPresent() ? Documents.read(found.get(), DocumentSchema.configuration()) : Json.object();
        Origin origin = found.isEmpty()
                ? Origin.NONE
                : named.isPresent() || near.contains(found.get().getParent()) ? Origin.HERE : Origin.PARENT;
        return new Settings(
                found.orElse(current.resolve(ConfigurationFile.NAME)),
                origin,
                document,
                Map.copyOf(environment),
                current);
    }

    public static Settings load(Optional<Path> named, Map<String, String> environment, Path directory) {
        return load(named, environment, List.of(directory));
    }

    /**
     * What a command tells before it uses registries and targets, where no configuration says it.
     *
     * @throws DeliveryException INVALID_INPUT if the environment names no usable registry
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        String registry = registries().has("mlflow") && !configures("registries")
                ? "registry  " + registries().path("mlflow").path("url").asText() + " (" + MlflowVariables.URI + ")"
                : "registry  " + home().resolve("registry");
        if (origin == Origin.NONE) {
            notes.add(lines(
                    "No " + ConfigurationFile.NAME + " here or in a parent directory: no gates and no policies.",
                    registry,
                    "target    " + home().resolve("served")));
        } else if (origin == Origin.PARENT) {
            notes.add(LABEL + "configuration " + configuration);
        }
        if (configures("registries")) {
            variables()
                    .unused(document.path("registries"))
                    .ifPresent(unused -> notes.add(lines(unused, configuration.toString())));
        } else if (origin != Origin.NONE) {
            notes.add(lines("The configuration has no registries.", registry));
        }
        return notes;
    }

    private static String lines(String first, String... more) {
        return LABEL
                + first
                + Stream.of(more)
                        .map(line -> "\n" + " ".repeat(LABEL.length()) + line)
                        .collect(Collectors.joining());
    }

    private boolean configures(String section) {
        return document.path(section).isObject() && !document.path(section).isEmpty();
    }

    private MlflowVariables variables() {
        return new MlflowVariables(environment, directory);
    }

    /** Beside the configuration; relative paths in it start here. */
    Path base() {
        return configuration.getParent();
    }

    public Path home() {
        return base().resolve(HOME);
    }

    Path records() {
        return document.hasNonNull("records") ? resolve(document.path("records").asText()) : home().resolve("records");
    }

    /** Of the records; made from them when it is needed. */
    public RecordIndex index(Clock clock) {
        return new RecordIndex(records(), home().resolve("index"), clock);
    }

    public RecordStore recordStore(Clock clock) {
        return new FileRecordStore(records(), clock, index(clock));
    }

    /** With the baseline files that gates name, read beside the configuration. */
    public Rules rules() {
        LocalInputFiles files = new LocalInputFiles(base());
        return Rules.parse(document, path -> files.read(path, MetricsFile.MAX_BYTES));
    }

    /** @throws DeliveryException INVALID_INPUT if no file can have this path, as with NUL in it */
    Path resolve(String path) {
        return new LocalInputFiles(base()).path(path);
    }

    /** @param base where the paths that a request names start */
    public RequestReader reader(Path base) {
        return new RequestReader(rules(), new LocalInputFiles(base), CiProvenance.tags(environment));
    }

    /** Paths in a delivery file start beside it. */
    public DeliverRequest delivery(Path file) {
        return reader(file.toAbsolutePath().getParent()).deliver(Documents.read(file, DocumentSchema.delivery()));
    }

    /**
     * The registries by name; without any: MLflow's own variables, else a directory.
     *
     * @throws DeliveryException INVALID_INPUT if the variables name no usable registry
     */
    public JsonNode registries() {
        if (configures("registries")) {
            return document.path("registries");
        }
        ObjectNode registries = Json.object();
        variables()
                .registry()
                .ifPresentOrElse(
                        mlflow -> registries.set("mlflow", mlflow),
                        () -> registries
                                .putObject("local")
                                .put("type", "directory")
                                .put("path", HOME + "/registry"));
        return registries;
    }

    JsonNode targets() {
        if (configures("targets")) {
            return document.path("targets");
        }
        ObjectNode targets = Json.object();
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
            throw ErrorKind.INVALID_INPUT.error(
                    "The environment variable " + variable + " that " + configuration + " names is not set.");
        }
        return value;
    }

    public Actor actor() {
        String build = environment.get("BUILD_URL");
        return new Actor(System.getProperty("user.name", "unknown"), Optional.ofNullable(build));
    }
}
