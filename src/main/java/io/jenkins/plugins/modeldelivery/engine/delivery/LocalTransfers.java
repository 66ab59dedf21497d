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
    public void apply(
            Configured.Named<ModelRegistry> registry,
            ModelVersion version,
            Configured.Named<ServingTarget> target,
            Rollout rollout,
            Cancellation cancellation) {
        Path files = scratch.resolve(rollout.id());
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
            target.value().apply(rollout, ModelFiles.list(files), progress, cancellation);
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
