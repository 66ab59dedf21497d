package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.MlServerLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.RepositoryLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import io.jenkins.plugins.modeldelivery.engine.serving.openinference.OpenInferenceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is really served: by a server that polls a directory ("edge") and by one that loads when asked ("mlserver"). Who
 * changed it is told by looking after each thing that anybody does.
 */
final class HeldServing {
    static final List<String> TARGETS = List.of("edge", "mlserver");
    static final List<String> ENDPOINTS = List.of("score", "churn", "fraud");

    final HeldServer server;
    /** What an outsider put into the directories, by path. */
    final Map<Path, String> foreign = new TreeMap<>();

    private final World world;
    private final Path root;
    private final Map<String, Served> noticed = new HashMap<>();
    private boolean touched;

    /**
     * What an endpoint serves.
     *
     * @param text of the model's file; empty if nothing is served
     * @param generation grows with each change
     * @param by who changed it last; null for an outsider
     */
    record Served(Optional<String> text, long generation, Worker by) {
        Optional<String> digest() {
            return text.map(t -> Payload.of(t).digest());
        }
    }

    HeldServing(World world, Path root) {
        this.world = world;
        this.root = root;
        this.server = new HeldServer(directory("mlserver"));
        for (String target : TARGETS) {
            for (String endpoint : ENDPOINTS) {
                noticed.put(target + "/" + endpoint, new Served(Optional.empty(), 0, null));
            }
        }
    }

    Path directory(String target) {
        return root.resolve(target);
    }

    Path path(String text) {
        return root.getFileSystem().getPath(text);
    }

    /** A directory with a trained model. */
    Path training(Payload payload) {
        Path directory = root.resolveSibling("training").resolve(payload.text().replace(' ', '-'));
        try {
            if (!Files.exists(directory)) {
                Files.createDirectories(directory);
                Files.writeString(directory.resolve(Payload.FILE), payload.text());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory;
    }

    /** The targets as one operation sees them. */
    Map<String, ServingTarget> targets(Worker worker) {
        OpenInferenceClient client =
                new OpenInferenceClient(new SimulatedServer(world, worker), URI.create("http://mlserver"), world.clock);
        return Map.of(
                "edge",
                target(worker, "edge", new VersionedLayout(AllowedImplementations.ANY), ModelServer.UNKNOWN),
                "mlserver",
                target(
                        worker,
                        "mlserver",
                        new MlServerLayout(AllowedImplementations.parse("runtime")),
                        new ExplicitLoadServer(client)));
    }

    private ServingTarget target(Worker worker, String name, RepositoryLayout layout, ModelServer answering) {
        EndpointFiles files = new EndpointFiles(directory(name), Optional.empty(), layout, 2, world.clock);
        return new SimulatedTarget(world, worker, name, new DirectoryTarget(files, answering));
    }

    Served served(String target, String endpoint) {
        return noticed.get(target + "/" + endpoint);
    }

    /** Something may have changed in a directory or at the server. */
    void touch() {
        touched = true;
    }

    /** Finds what has changed since the last look, and says that this worker did it; null for others. */
    void notice(Worker worker) {
        if (!touched) {
            return;
        }
        touched = false;
        for (String target : TARGETS) {
            for (String endpoint : ENDPOINTS) {
                Optional<String> now = target.equals("edge") ? polled(endpoint) : server.served(endpoint);
                String key = target + "/" + endpoint;
                Served before = noticed.get(key);
                if (!Objects.equals(before.text(), now)) {
                    Served after = new Served(now, before.generation() + 1, worker == null ? world.lateBy() : worker);
                    noticed.put(key, after);
                    world.trace(worker, () -> key + " serves now " + now.orElse("nothing"));
                    world.invariants.servedChanged(worker, key, before, after);
                }
            }
        }
        if (!foreign.isEmpty()) {
            checkForeign(worker);
        }
    }

    private void checkForeign(Worker worker) {
        foreign.entrySet().removeIf(file -> {
            world.coverage.count("foreign file compared");
            boolean same = file.getValue().equals(text(file.getKey()).orElse(null));
            if (!same) {
                world.invariants.foreignChanged(worker, file.getKey());
            }
            return !same;
        });
    }

    /** A polling server takes the highest version. */
    private Optional<String> polled(String endpoint) {
        return highest(directory("edge").resolve(endpoint)).flatMap(version -> text(version.resolve(Payload.FILE)));
    }

    static Optional<Path> highest(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        long highest = -1;
        Path found = null;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.chars().allMatch(Character::isDigit) && Long.parseLong(name) > highest) {
                    highest = Long.parseLong(name);
                    found = entry;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.ofNullable(found);
    }

    static Optional<String> text(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
