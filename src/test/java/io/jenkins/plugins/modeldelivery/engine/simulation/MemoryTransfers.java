package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.Transfers;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea;
import java.nio.file.Path;

/** As the transfers of one machine, where the directories are in memory, which a text alone cannot name. */
final class MemoryTransfers implements Transfers {
    private final Transfers local = new LocalTransfers(TransferProgress.SILENT);
    private final World world;

    MemoryTransfers(World world) {
        this.world = world;
    }

    @Override
    public Manifest upload(
            NamedLookup.Named<ModelRegistry> registry, VersionDraft staging, Path path, Cancellation cancellation) {
        return local.upload(registry, staging, path, cancellation);
    }

    @Override
    public String digest(Path path, Cancellation cancellation) {
        return local.digest(path, cancellation);
    }

    @Override
    public Manifest bring(
            NamedLookup.Named<ModelRegistry> registry,
            ModelVersion version,
            NamedLookup.Named<ServingTarget> target,
            Rollout rollout,
            CallLimits limits) {
        try (StagingArea area = target.value().stagingArea(rollout, limits)) {
            Path site = world.serving.path(area.site().directory());
            Manifest arrived = registry.value()
                    .download(version, site.resolve("files"), TransferProgress.SILENT, limits.cancellation());
            area.take(arrived);
            return arrived;
        }
    }
}
