package io.jenkins.plugins.modeldelivery.cli.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.MlServerLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.PollingServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.RepositoryLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.UnknownServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configured serving targets, each opened when it is first asked for. */
public final class OpenTargets implements NamedLookup<ServingTarget>, AutoCloseable {
    private static final int KEEP = 3;

    private final Settings settings;
    private final Clock clock;
    private final Map<String, ServingTarget> open = new HashMap<>();

    public OpenTargets(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Named<ServingTarget> get(Optional<String> name) {
        String found = NamedLookup.name(settings.targets(), name, "serving target");
        return new Named<>(found, open.computeIfAbsent(found, this::open));
    }

    private ServingTarget open(String name) {
        JsonNode node = settings.targets().path(name);
        String type = node.path("type").asText();
        return switch (type) {
            case "directory" ->
                new DirectoryTarget(
                        files(name, node, node.path("path").asText("served"), "versions"),
                        node.hasNonNull("server")
                                ? new PollingServer(
                                        client(name, node, node.path("server").asText()))
                                : new UnknownServer());
            case "openInference" ->
                new DirectoryTarget(
                        files(name, node, node.path("repository").asText(), "mlserver"),
                        new ExplicitLoadServer(
                                client(name, node, node.path("url").asText())));
            default ->
                throw new DeliveryException(
                        ErrorKind.INVALID_INPUT,
                        "The serving target " + name + " is of an unknown type: " + type + ".");
        };
    }

    private EndpointFiles files(String name, JsonNode node, String directory, String layout) {
        Path root = settings.resolve(directory).toAbsolutePath().normalize();
        for (Path own : List.of(settings.home(), settings.records())) {
            if (own.toAbsolutePath().normalize().startsWith(root)) {
                throw new DeliveryException(
                        ErrorKind.INVALID_INPUT,
                        "The directory of the serving target " + name + ", " + root + ", holds " + own
                                + ", where this program keeps records and the like. The server would take it for a"
                                + " model. Give the target a directory of its own.");
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
        open.values().forEach(ServingTarget::close);
    }
}
