package io.jenkins.plugins.modeldelivery.engine.delivery;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import io.jenkins.plugins.modeldelivery.engine.serving.Landing;
import io.jenkins.plugins.modeldelivery.engine.serving.LandingSite;
import io.jenkins.plugins.modeldelivery.engine.serving.Limits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.nio.file.Path;

/** Transfers on this machine: a version goes from its registry straight to where the target takes it. */
public final class LocalTransfers implements Transfers {
    private final TransferProgress progress;

    public LocalTransfers(TransferProgress progress) {
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
    public Manifest bring(
            Configured.Named<ModelRegistry> registry,
            ModelVersion version,
            Configured.Named<ServingTarget> target,
            Rollout rollout,
            Limits limits) {
        try (Landing landing = target.value().landing(rollout, limits)) {
            Manifest arrived = fill(landing.site(), registry.value(), version, limits.stop());
            landing.take(arrived);
            return arrived;
        }
    }

    /**
     * Downloads a version.
     *
     * @param site on this machine
     * @return what is there then
     */
    public Manifest fill(LandingSite site, ModelRegistry registry, ModelVersion version, Cancellation cancellation) {
        return site.fill(files -> registry.download(version, files, progress, cancellation));
    }
}
