package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code <name>/model-settings.json}, as MLServer reads it, beside the version directories.
 *
 * <p>The settings bear no {@code parameters.version}: MLServer makes a model with a new version the default before it is
 * loaded, and requests in between fail, while a model without one is loaded first and swapped then (mlserver/registry.py).
 * The field {@code versions}, which MLServer only repeats in the model's metadata, tells which version it has loaded.
 */
public final class ModelSettings implements RepositoryLayout {
    private static final String FILE = "model-settings.json";
    /** Hidden, since MLServer takes every file of the other name, at any depth, for a model of its own. */
    private static final String TEMPLATE = ".model-settings.json";

    private final Optional<String> implementation;

    /** @param implementation class of the MLServer runtime, for models that bring no model-settings.json of their own */
    public ModelSettings(Optional<String> implementation) {
        this.implementation = implementation;
    }

    @Override
    public boolean highestWins() {
        return false;
    }

    @Override
    public void prepare(Path files) throws IOException {
        Path own = files.resolve(FILE);
        if (Files.exists(own)) {
            Files.move(own, files.resolve(TEMPLATE));
        }
        try (Stream<Path> walk = Files.walk(files)) {
            Optional<Path> nested = walk.filter(p -> p.endsWith(FILE)).findFirst();
            if (nested.isPresent()) {
                throw new DeliveryException(
                        Problem.INVALID_INPUT,
                        "The model holds " + files.relativize(nested.get())
                                + ", which MLServer would load as a model of its" + " own. Keep one " + FILE
                                + ", at the top of the model directory.");
            }
        }
        implementation(template(files));
    }

    private static ObjectNode template(Path files) throws IOException {
        Path file = files.resolve(TEMPLATE);
        if (!Files.exists(file)) {
            return Json.object();
        }
        JsonNode json = Json.read(Files.readAllBytes(file), Problem.INVALID_INPUT, "The model's " + FILE);
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw new DeliveryException(Problem.INVALID_INPUT, "The model's " + FILE + " is no JSON object.");
    }

    private String implementation(ObjectNode template) {
        if (template.path("implementation").isTextual()) {
            return template.path("implementation").asText();
        }
        return implementation.orElseThrow(() -> new DeliveryException(
                Problem.INVALID_INPUT,
                "It is not known which MLServer runtime loads this model. Put a " + FILE
                        + " with \"implementation\" into the"
                        + " model, or give the target one (implementation: mlserver_sklearn.SKLearnModel)."));
    }

    @Override
    public void point(Path directory, String name, String version) throws IOException {
        ObjectNode settings = template(directory.resolve(version));
        settings.put("implementation", implementation(settings));
        settings.put("name", name);
        settings.putArray("versions").add(version);
        JsonNode own = settings.path("parameters");
        ObjectNode parameters = own instanceof ObjectNode object ? object : settings.putObject("parameters");
        parameters.remove("version");
        String uri = parameters.path("uri").asText("");
        parameters.put("uri", "./" + version + (uri.isEmpty() ? "" : "/" + relative(uri)));
        DurableFiles.replace(directory.resolve(FILE), directory.resolve(FILE + ".new"), Json.pretty(settings));
    }

    /** Where in the model the runtime shall look; nothing outside of it, since only what is inside was gated. */
    private static String relative(String uri) {
        String path = uri.startsWith("./") ? uri.substring(2) : uri;
        if (path.startsWith("/")
                || path.contains(":")
                || List.of(path.split("/")).contains("..")) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The uri \"" + uri + "\" in the model's " + FILE + " leads out of the model. Name a file in it.");
        }
        return path;
    }

    @Override
    public void unpoint(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(FILE));
    }

    @Override
    public boolean foreign(Path directory) {
        return Files.exists(directory.resolve(FILE));
    }
}
