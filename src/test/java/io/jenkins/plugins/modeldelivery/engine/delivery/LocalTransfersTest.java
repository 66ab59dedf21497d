package io.jenkins.plugins.modeldelivery.engine.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.LocalRepositoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.ModelRepository;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.VersionDirectories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTransfersTest {
    @TempDir
    Path directory;

    private ModelVersion registered(ModelRegistry registry) throws IOException {
        Path model = Files.createDirectories(directory.resolve("model"));
        Files.writeString(model.resolve("weights"), "w");
        NewVersion plan = new NewVersion("churn", "op-1", new VersionSource.Files(model), Metrics.NONE, Map.of(), "");
        Staging staging = registry.stage(plan, true, Cancellation.NONE);
        String digest = registry.upload(staging, ModelFiles.list(model), TransferProgress.SILENT, Cancellation.NONE)
                .digest();
        return registry.createVersion(plan, Optional.of(staging), Optional.of(digest), Cancellation.NONE);
    }

    @Test
    void whatAKilledTransferLeftIsNotBroughtToTheTarget() throws IOException {
        ModelRegistry registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
        ModelVersion version = registered(registry);
        Rollout rollout = new Rollout(
                "op-2", "churn", new ServedVersion("churn", version.version(), version.digest()), Optional.empty());
        Path left = Files.createDirectories(directory.resolve("scratch/op-2"));
        Files.writeString(left.resolve("half-a-file"), "ha");
        Path served = directory.resolve("served");
        ModelRepository repository = new ModelRepository(served, new VersionDirectories(), 1);
        new LocalTransfers(directory.resolve("scratch"), TransferProgress.SILENT)
                .apply(
                        new Configured.Named<>("local", registry),
                        version,
                        new Configured.Named<>("folder", new LocalRepositoryTarget(repository, Optional.empty())),
                        rollout,
                        Cancellation.NONE);
        assertThat(served.resolve(".model-delivery/incoming/op-2")).isDirectoryContaining("glob:**/weights");
        assertThat(left).doesNotExist();
    }
}
