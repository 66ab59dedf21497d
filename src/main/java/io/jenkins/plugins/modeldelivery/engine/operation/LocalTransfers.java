package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea.StagingDirectory;
import java.nio.file.Path;

/** Transfers on this machine: a version goes from its registry straight to where the target takes it. */
public final class LocalTransfers implements Transfers {
    private final TransferProgress progress;

    public LocalTransfers(TransferProgress progress) {
        this.progress = progress;
    }

    @Override
    public Manifest upload(
            NamedLookup.Named<ModelRegistry> registry, VersionDraft staging, Path path, Cancellation cancellation) {
        return registry.value().upload(staging, ModelFiles.list(path), progress, cancellation);
    }

    @Override
    public String digest(Path path, Cancellation cancellation) {
        return ModelFiles.list(path).hash(cancellation).digest();
    }

    @Override
    public Manifest bring(
            NamedLookup.Named<ModelRegistry> registry,
            ModelVersion version,
            NamedLookup.Named<ServingTarget> target,
            Rollout rollout,
            CallLimits limits) {
        try (StagingArea area = target.value().stagingArea(rollout, limits)) {
            Manifest arrived = fill(area.site(), registry.value(), version, limits.stop());
            area.take(arrived);
            return arrived;
        }
    }

    /**
     * Downloads a version.
     *
     * @param site on this machine
     * @return what is there then
     */
    public Manifest fill(
            StagingDirectory site, ModelRegistry registry, ModelVersion version, Cancellation cancellation) {
        return site.fill(files -> registry.download(version, files, progress, cancellation));
    }
}
