package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Transfers on this machine. Files on their way to a target rest in a scratch directory of the rollout. */
public final class LocalTransfers implements Transfers {
    private final Path scratch;
    private final TransferProgress progress;

    /** @param scratch made when needed; holds at most the model that is being deployed */
    public LocalTransfers(Path scratch, TransferProgress progress) {
        this.scratch = scratch;
        this.progress = progress;
    }

    @Override
    public Manifest upload(
            Configured.Named<ModelRegistry> registry, Staging staging, Path path, Cancellation cancellation) {
        return registry.value().upload(staging, ModelFiles.list(path), progress, cancellation);
    }

    @Override
    public String digest(Path path, Cancellation cancellation) {
        return ModelFiles.list(path).hash(cancellation).digest();
    }

    @Override
    public void apply(
            Configured.Named<ModelRegistry> registry,
            ModelVersion version,
            Configured.Named<ServingTarget> target,
            Rollout rollout,
            Cancellation cancellation) {
        with(registry, version, rollout.id(), cancellation, files -> {
            target.value().apply(rollout, files, progress, cancellation);
            return files;
        });
    }

    /**
     * Downloads a version into the scratch directory, does something with it, and deletes it there.
     *
     * @param name of a directory in the scratch directory
     * @param use gets the files, which are those that were registered
     * @return what {@code use} does
     */
    public <T> T with(
            Configured.Named<ModelRegistry> registry,
            ModelVersion version,
            String name,
            Cancellation cancellation,
            Function<ModelFiles, T> use) {
        Path files = scratch.resolve(name);
        try {
            // A transfer that was killed may have left half a file, which is none of the model's.
            delete(files);
            Files.createDirectories(files);
            Manifest arrived = registry.value().download(version, files, progress, cancellation);
            version.digest().filter(d -> !d.equals(arrived.digest())).ifPresent(registered -> {
                throw new DeliveryException(
                        Problem.CONFLICT,
                        "The files of " + version.uri() + " in registry " + registry.name() + " are not those that were"
                                + " registered: digest " + arrived.digest() + " instead of " + registered
                                + ". Nothing was deployed. Find out who changed them, and register the model again.");
            });
            return use.apply(ModelFiles.list(files));
        } catch (IOException e) {
            throw new DeliveryException(Problem.LOCAL_IO, "Cannot make an empty directory " + files + ": " + e, e);
        } finally {
            tidyUp(files);
        }
    }

    private static void tidyUp(Path directory) {
        try {
            delete(directory);
        } catch (IOException | UncheckedIOException e) {
            // What stays is a copy in the scratch directory; the transfer itself has its own outcome.
            return;
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
