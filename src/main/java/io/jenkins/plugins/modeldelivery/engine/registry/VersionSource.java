package io.jenkins.plugins.modeldelivery.engine.registry;

import java.nio.file.Path;

/** Where the bytes of a new version come from. */
public sealed interface VersionSource {
    /** Local files, to be uploaded. */
    record Files(Path path) implements VersionSource {}

    /** Artifacts of an MLflow run. */
    record Run(String runId, String artifactPath) implements VersionSource {}

    /** An MLflow 3 logged model. */
    record LoggedModel(String modelId) implements VersionSource {}

    /** A URI that the registry itself can read. */
    record Uri(String uri) implements VersionSource {}
}
