package io.jenkins.plugins.modeldelivery.engine.registry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the bytes of a new version come from. {@link ModelRegistry#resolve} turns what people name into {@link Files} or
 * {@link Resolved}, from which versions are made.
 */
public sealed interface VersionSource {
    /** Local files, to be uploaded. */
    record Files(Path path) implements VersionSource {}

    /**
     * Artifacts of an MLflow run.
     *
     * @param artifactPath name of a logged model, or path of a directory or file; empty for the root of the run
     */
    record Run(String runId, String artifactPath) implements VersionSource {}

    /** An MLflow 3 logged model. */
    record LoggedModel(String modelId) implements VersionSource {}

    /** A URI that the registry itself can read. */
    record Uri(String uri) implements VersionSource {}

    /**
     * Files that the registry has; they were there when this was resolved.
     *
     * @param uri source of the version, in the registry's own form
     * @param runId run that it belongs to
     * @param modelId logged model that it is
     */
    record Resolved(String uri, Optional<String> runId, Optional<String> modelId) implements VersionSource {}
}
