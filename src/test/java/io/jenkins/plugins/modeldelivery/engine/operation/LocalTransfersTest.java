package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
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
        NewVersion plan =
                new NewVersion("churn", "op-1", new VersionSource.Files(model), Metrics.NONE, Map.of(), "", Map.of());
        VersionDraft staging = registry.stage(plan, true, Cancellation.NONE);
        String digest = registry.upload(staging, ModelFiles.list(model), TransferProgress.SILENT, Cancellation.NONE)
                .digest();
        return registry.createVersion(plan, Optional.of(staging), Optional.of(digest), Cancellation.NONE);
    }

    @Test
    void whatAKilledTransferLeftIsNotBroughtToTheTarget() throws IOException {
        ModelRegistry registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
        ModelVersion version = registered(registry);
        Clock clock = Clock.systemUTC();
        Rollout rollout = new Rollout(
                "op-2",
                "churn",
                new ServedVersion("local", "churn", version.version(), Optional.empty(), version.digest()),
                Optional.empty(),
                0,
                clock.instant().plusSeconds(60));
        Path left =
                Files.createDirectories(directory.resolve(".served.model-delivery/churn/incoming/op-2/attempt/files"));
        Files.writeString(left.resolve("half-a-file"), "ha");
        ServingTarget target = new DirectoryTarget(
                new EndpointFiles(
                        directory.resolve("served"),
                        Optional.empty(),
                        new VersionedLayout(AllowedImplementations.ANY),
                        1,
                        clock),
                ModelServer.UNKNOWN);
        CallLimits limits = CallLimits.of(Cancellation.NONE);
        target.begin(rollout, Optional.empty(), limits);
        Manifest arrived = new LocalTransfers(TransferProgress.SILENT)
                .bring(
                        new NamedLookup.Named<>("local", registry),
                        version,
                        new NamedLookup.Named<>("folder", target),
                        rollout,
                        limits);
        assertThat(arrived.entries()).extracting(Manifest.Entry::path).containsExactly("weights");
        assertThat(target.candidate(rollout, limits).isReady()).isTrue();
        assertThat(left).doesNotExist();
    }
}
