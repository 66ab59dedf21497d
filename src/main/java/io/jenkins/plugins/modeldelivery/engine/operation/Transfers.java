package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.nio.file.Path;

/** Moves the files of models, where they are: on this machine, or in Jenkins on the agent. */
public interface Transfers {
    /** From a local path into a registry. */
    Manifest upload(
            NamedLookup.Named<ModelRegistry> registry, VersionDraft staging, Path path, Cancellation cancellation);

    /** The content digest of what is at a local path; nothing is sent. */
    String digest(Path path, Cancellation cancellation);

    /**
     * From a registry to where a serving target takes the candidate of a rollout. Traffic does not change.
     *
     * @return the files that have arrived, as they were hashed there
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException CONFLICT if they are not those that the
     *     rollout expects, or another rollout has the endpoint; CANCELLED also when the time of the rollout is over
     */
    Manifest bring(
            NamedLookup.Named<ModelRegistry> registry,
            ModelVersion version,
            NamedLookup.Named<ServingTarget> target,
            Rollout rollout,
            CallLimits limits);
}
