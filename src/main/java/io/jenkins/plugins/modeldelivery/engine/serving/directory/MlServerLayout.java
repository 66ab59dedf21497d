package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code <name>/model-settings.json}, as MLServer reads it, beside the version directories.
 *
 * <p>The settings have no {@code parameters.version}: MLServer makes a model with a new version the default before it is
 * loaded, and requests in between fail, while a model without one is loaded first and swapped then (mlserver/registry.py).
 * The field {@code versions}, which MLServer only repeats in the model's metadata, tells which version it has loaded.
 */
public final class MlServerLayout implements RepositoryLayout {
    private static final String FILE = "model-settings.json";
    /** Hidden, since MLServer takes every file of the other name, at any depth, for a model of its own. */
    private static final String TEMPLATE = ".model-settings.json";

    /** Written by this program, whatever the model says. */
    private static final Set<String> WRITTEN = Set.of("name", "versions", "implementation", "parameters");

    private static final Set<String> DESCRIPTIONS = Set.of("platform", "inputs", "outputs");
    private static final Set<String> BATCHES = Set.of("max_batch_size", "max_batch_time");
    private static final Set<String> PARAMETERS = Set.of("uri", "version", "format", "content_type");
    /** Of the runtime, some of which take the name of another model there, or permission to run its code. */
    private static final String EXTRA = "extra";

    private final AllowedImplementations implementations;

    /** @param implementations classes of MLServer's runtimes */
    public MlServerLayout(AllowedImplementations implementations) {
        this.implementations = implementations;
    }

    @Override
    public boolean highestWins() {
        return false;
    }

    @Override
    public void check(ConfinedFiles access, Path files) throws IOException {
        Optional<String> nested = access.files(files).stream()
                .map(ConfinedFiles.Found::name)
                .filter(name -> name.endsWith("/" + FILE))
                .findFirst();
        if (nested.isPresent()) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The model holds " + nested.get() + ", which MLServer would load as a model of its own. Keep one "
                            + FILE + ", at the top of the model directory.");
        }
        if (access.exists(files.resolve(TEMPLATE))) {
            throw ErrorKind.INVALID_INPUT.error("The model holds a file " + TEMPLATE
                    + ", a name that is needed in MLServer's directory. Rename it.");
        }
        pointer(access, files, "any", "1");
    }

    @Override
    public String shown(String path) {
        return path.equals(FILE) ? TEMPLATE : path;
    }

    @Override
    public String registered(String shown) {
        return shown.equals(TEMPLATE) ? FILE : shown;
    }

    @Override
    public Optional<String> pointerFile() {
        return Optional.of(FILE);
    }

    private static ObjectNode template(ConfinedFiles access, Path files) throws IOException {
        Path file = files.resolve(FILE);
        if (!access.exists(file)) {
            return Json.object();
        }
        JsonNode json = Json.read(access.read(file), ErrorKind.INVALID_INPUT, "The model's " + FILE);
        if (json instanceof ObjectNode object) {
            return object;
        }
        throw ErrorKind.INVALID_INPUT.error("The model's " + FILE + " is no JSON object.");
    }

    /**
     * What a model's own settings may set. Everything else would let a model choose the code, the environment or the resources
     * that serve it. The names are those of MLServer 1.7 (mlserver/settings.py).
     *
     * @throws DeliveryException INVALID_INPUT with everything that may not be set
     */
    private void checkSettings(JsonNode settings) {
        List<String> refused = new ArrayList<>();
        settings.fieldNames().forEachRemaining(name -> {
            if (!WRITTEN.contains(name) && !DESCRIPTIONS.contains(name) && !BATCHES.contains(name)) {
                refused.add(name);
            }
        });
        settings.path("parameters").fieldNames().forEachRemaining(name -> {
            boolean extra = name.equals(EXTRA) && implementations.modelMayChoose();
            if (!extra && !PARAMETERS.contains(name)) {
                refused.add("parameters." + name);
            }
        });
        if (!refused.isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error("The model's " + FILE + " sets "
                    + TextSanitizer.brief(String.join(", ", refused), 300)
                    + ". A model may set " + String.join(", ", admittedSettings())
                    + ". The administrators of the server set the rest. Remove it from the file.");
        }
    }

    private Set<String> admittedSettings() {
        Set<String> names = new TreeSet<>(DESCRIPTIONS);
        names.addAll(BATCHES);
        names.add("implementation");
        PARAMETERS.stream().filter(name -> !name.equals("version")).forEach(name -> names.add("parameters." + name));
        if (implementations.modelMayChoose()) {
            names.add("parameters." + EXTRA);
        }
        return names;
    }

    private String implementation(ObjectNode template) {
        JsonNode own = template.path("implementation");
        if (!own.isMissingNode() && !own.isTextual()) {
            throw ErrorKind.INVALID_INPUT.error("The \"implementation\" in the model's " + FILE + " is no text.");
        }
        if (own.isTextual()) {
            implementations.check(own.asText(), FILE);
            return own.asText();
        }
        return implementations
                .preferred()
                .orElseThrow(() ->
                        ErrorKind.INVALID_INPUT.error("The MLServer runtime of this model is unknown. Add a " + FILE
                                + " with \"implementation\" into the"
                                + " model, or give the target one (implementation: mlserver_sklearn.SKLearnModel)."));
    }

    @Override
    public Optional<byte[]> pointer(ConfinedFiles access, Path files, String name, String number) throws IOException {
        ObjectNode settings = template(access, files);
        checkSettings(settings);
        settings.put("implementation", implementation(settings));
        settings.put("name", name);
        settings.putArray("versions").add(number);
        JsonNode own = settings.path("parameters");
        ObjectNode parameters = own instanceof ObjectNode object ? object : settings.putObject("parameters");
        parameters.remove("version");
        String uri = parameters.path("uri").asText("");
        parameters.put("uri", "./" + number + (uri.isEmpty() ? "" : "/" + relative(uri)));
        return Optional.of(Json.pretty(settings).getBytes(StandardCharsets.UTF_8));
    }

    /** MLServer looks for settings at any depth, but in no directory whose name begins with a dot. */
    @Override
    public Optional<Path> namesake(ConfinedFiles repository, String name) throws IOException {
        Path root = repository.root();
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean hidden = !directory.equals(root)
                        && directory.getFileName().toString().startsWith(".");
                return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.endsWith(FILE)
                        && !file.equals(root.resolve(name).resolve(FILE))
                        && names(repository, file, name)) {
                    found.add(file);
                    return FileVisitResult.TERMINATE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // What cannot be read, or has just gone, is no model for the server either.
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().findFirst();
    }

    private static boolean names(ConfinedFiles repository, Path settings, String name) {
        try {
            JsonNode own = Json.read(repository.read(settings), ErrorKind.CORRUPT, "It")
                    .path("name");
            String folder = settings.getParent().getFileName().toString();
            return (own.asText("").isEmpty() ? folder : own.asText()).equals(name);
        } catch (IOException | DeliveryException e) {
            // MLServer skips settings that it cannot read; a link is looked at by nobody here.
            return false;
        }
    }

    /** Where in the model the runtime shall look; nothing outside of it, since only what is inside was gated. */
    private static String relative(String uri) {
        String path = uri.startsWith("./") ? uri.substring(2) : uri;
        if (path.startsWith("/")
                || path.contains(":")
                || List.of(path.split("/")).contains("..")) {
            throw ErrorKind.INVALID_INPUT.error("The uri \"" + TextSanitizer.brief(uri, 200) + "\" in the model's "
                    + FILE + " leads out of the model. Name a file in it.");
        }
        return path;
    }
}
