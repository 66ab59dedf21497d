package io.jenkins.plugins.modeldelivery.cli.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.mlflow.MlflowRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.MlServerLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.PollingServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.RepositoryLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured registries and serving targets, each opened when it is first asked for. */
public final class ConfiguredServers implements AutoCloseable {
    private static final int KEEP = 3;

    private final Settings settings;
    private final Clock clock;
    private final Map<String, ModelRegistry> registries = new HashMap<>();
    private final Map<String, ServingTarget> targets = new HashMap<>();

    public ConfiguredServers(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** See {@link NamedLookup#get}. */
    public NamedLookup.Named<ModelRegistry> registry(Optional<String> name) {
        String found = NamedLookup.name(settings.registries(), name, "registry");
        return new NamedLookup.Named<>(found, registries.computeIfAbsent(found, this::openRegistry));
    }

    /** See {@link NamedLookup#get}. */
    public NamedLookup.Named<ServingTarget> target(Optional<String> name) {
        String found = NamedLookup.name(settings.targets(), name, "serving target");
        return new NamedLookup.Named<>(found, targets.computeIfAbsent(found, this::openTarget));
    }

    private ModelRegistry openRegistry(String name) {
        JsonNode node = settings.registries().path(name);
        String subject = "The registry " + name;
        return switch (node.path("type").asText()) {
            case "directory" ->
                new LocalDirectoryRegistry(
                        settings.resolve(node.path("path").asText(".model-delivery/registry")), clock);
            case "mlflow" ->
                new MlflowRegistry(
                        Transports.open(settings, node, subject, clock),
                        WebUrl.parse(node.path("url").asText(), "The URL of the registry " + name),
                        node.path("experiment").asText("model-delivery"),
                        clock);
            default -> throw unknownType(subject, node);
        };
    }

    private ServingTarget openTarget(String name) {
        JsonNode node = settings.targets().path(name);
        return switch (node.path("type").asText()) {
            case "directory" ->
                new DirectoryTarget(
                        files(name, node, node.path("path").asText("served"), "versions"),
                        node.hasNonNull("server")
                                ? new PollingServer(
                                        client(name, node, node.path("server").asText()))
                                : ModelServer.UNKNOWN);
            case "openInference" ->
                new DirectoryTarget(
                        files(name, node, node.path("repository").asText(), "mlserver"),
                        new ExplicitLoadServer(
                                client(name, node, node.path("url").asText())));
            default -> throw unknownType("The serving target " + name, node);
        };
    }

    private static DeliveryException unknownType(String subject, JsonNode node) {
        return ErrorKind.INVALID_INPUT.error(
                subject + " is of an unknown type: " + node.path("type").asText() + ".");
    }

    private EndpointFiles files(String name, JsonNode node, String directory, String layout) {
        Path root = settings.resolve(directory).toAbsolutePath().normalize();
        for (Path own : List.of(settings.home(), settings.records())) {
            if (own.toAbsolutePath().normalize().startsWith(root)) {
                throw ErrorKind.INVALID_INPUT.error(
                        "The directory of the serving target " + name + ", " + root + ", holds " + own
                                + ", where this program stores its records and journals. The server would load it as a model."
                                + " Configure a separate directory for the target.");
            }
        }
        Optional<Path> state = node.hasNonNull("state")
                ? Optional.of(settings.resolve(node.path("state").asText()))
                : Optional.empty();
        return new EndpointFiles(
                root, state, layout(node, layout), node.path("keep").asInt(KEEP), clock);
    }

    private static RepositoryLayout layout(JsonNode node, String otherwise) {
        AllowedImplementations admitted =
                AllowedImplementations.parse(node.path("implementation").asText(""));
        return node.path("layout").asText(otherwise).equals("mlserver")
                ? new MlServerLayout(admitted)
                : new VersionedLayout(admitted);
    }

    private OpenInferenceClient client(String name, JsonNode node, String url) {
        return new OpenInferenceClient(
                Transports.open(settings, node, "The serving target " + name, clock),
                WebUrl.parse(url, "The URL of the serving target " + name),
                clock);
    }

    @Override
    public void close() {
        targets.values().forEach(ServingTarget::close);
        registries.values().forEach(ModelRegistry::close);
    }
}
