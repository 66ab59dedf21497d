package io.jenkins.plugins.modeldelivery.engine.registry.local;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Registers one version, by the same calls as the operation. As a process: registers again and again until it is killed;
 * arguments: registry, model, path, first word of the operations' ids.
 */
public final class Registering {
    private Registering() {}

    static NewVersion plan(String model, String operation) {
        return new NewVersion(
                model,
                operation,
                new VersionSource.Files(Path.of(".")),
                Metrics.NONE,
                Map.of("owner", "me"),
                "described",
                Map.of());
    }

    static void upload(ModelRegistry registry, String model, String operation, Path path) {
        registry.upload(
                registry.stage(plan(model, operation), true, Cancellation.NONE),
                ModelFiles.list(path),
                TransferProgress.SILENT,
                Cancellation.NONE);
    }

    static ModelVersion create(ModelRegistry registry, String model, String operation) {
        return registry.createVersion(plan(model, operation), Optional.empty(), Optional.empty(), Cancellation.NONE);
    }

    static ModelVersion one(ModelRegistry registry, String model, String operation, Path path) {
        upload(registry, model, operation, path);
        return create(registry, model, operation);
    }

    public static void main(String[] arguments) {
        ModelRegistry registry = new LocalDirectoryRegistry(Path.of(arguments[0]), Clock.systemUTC());
        for (int i = 0; true; i++) {
            one(registry, arguments[1], arguments[3] + "-" + i, Path.of(arguments[2]));
            registry.tagVersion(arguments[1], "1", "touched", arguments[3] + "-" + i, Cancellation.NONE);
        }
    }
}
