package io.jenkins.plugins.modeldelivery.engine.registry;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the bytes of a new version come from. {@link ModelRegistry#resolve} turns what people name into {@link Files} or
 * {@link Resolved}, from which versions are made.
 */
public sealed interface VersionSource {
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

    /**
     * To what a source in a registry belongs. Limits of items to names hold for it, since a credential that is shared reads what
     * every team has there.
     *
     * @param model name of the registered model, if the source is a version
     * @param experiment name of the experiment, if the source is of a run, or a logged model
     */
    record Origin(Optional<String> model, Optional<String> experiment) {
        public static final Origin UNKNOWN = new Origin(Optional.empty(), Optional.empty());

        public static Origin ofModel(String name) {
            return new Origin(Optional.of(name), Optional.empty());
        }

        public static Origin ofExperiment(String name) {
            return new Origin(Optional.empty(), Optional.of(name));
        }
    }
}
