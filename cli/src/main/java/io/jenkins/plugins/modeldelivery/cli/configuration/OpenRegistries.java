package io.jenkins.plugins.modeldelivery.cli.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.mlflow.MlflowRegistry;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The configured registries, each opened when it is first asked for. */
public final class OpenRegistries implements NamedLookup<ModelRegistry>, AutoCloseable {
    private final Settings settings;
    private final Clock clock;
    private final Map<String, ModelRegistry> open = new HashMap<>();

    public OpenRegistries(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Named<ModelRegistry> get(Optional<String> name) {
        String found = NamedLookup.name(settings.registries(), name, "registry");
        return new Named<>(found, open.computeIfAbsent(found, this::open));
    }

    private ModelRegistry open(String name) {
        JsonNode node = settings.registries().path(name);
        String type = node.path("type").asText();
        return switch (type) {
            case "directory" ->
                new LocalDirectoryRegistry(
                        settings.resolve(node.path("path").asText(".model-delivery/registry")), clock);
            case "mlflow" ->
                new MlflowRegistry(
                        Transports.open(settings, node, "The registry " + name, clock),
                        WebUrl.parse(node.path("url").asText(), "The URL of the registry " + name),
                        node.path("experiment").asText("model-delivery"),
                        clock);
            default ->
                throw new DeliveryException(
                        ErrorKind.INVALID_INPUT, "The registry " + name + " is of an unknown type: " + type + ".");
        };
    }

    @Override
    public void close() {
        open.values().forEach(ModelRegistry::close);
    }
}
