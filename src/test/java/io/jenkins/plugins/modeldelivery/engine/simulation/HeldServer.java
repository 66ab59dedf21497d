package io.jenkins.plugins.modeldelivery.engine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A server like MLServer: has the models that it loaded, with the files of that time. */
final class HeldServer {
    private final Path repository;
    private final Map<String, Loaded> models = new HashMap<>();

    /** What was loaded, and which version its settings name. */
    record Loaded(String text, String version) {}

    HeldServer(Path repository) {
        this.repository = repository;
    }

    Optional<Loaded> find(String model) {
        return Optional.ofNullable(models.get(model));
    }

    Optional<String> served(String model) {
        return find(model).map(Loaded::text);
    }

    /** @return what is wrong, if it cannot */
    Optional<String> load(String name) {
        Path directory = repository.resolve(name);
        Optional<String> settings = HeldServing.text(directory.resolve("model-settings.json"));
        if (settings.isEmpty()) {
            return Optional.of("no settings of " + name);
        }
        JsonNode json =
                Json.read(settings.get().getBytes(StandardCharsets.UTF_8), ErrorKind.CORRUPT, "model-settings.json");
        Path files =
                directory.resolve(json.path("parameters").path("uri").asText()).normalize();
        Optional<String> text = HeldServing.text(files.resolve(Payload.FILE));
        if (text.isEmpty()) {
            return Optional.of("no files of " + name);
        }
        if (!Payload.of(text.get()).loads()) {
            return Optional.of("cannot load " + text.get());
        }
        models.put(name, new Loaded(text.get(), json.path("versions").path(0).asText()));
        return Optional.empty();
    }

    boolean unload(String name) {
        return models.remove(name) != null;
    }
}
