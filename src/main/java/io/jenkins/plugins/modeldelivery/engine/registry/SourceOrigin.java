package io.jenkins.plugins.modeldelivery.engine.registry;

import java.util.Optional;

/**
 * To what a source in a registry belongs. Limits of items to names hold for it, since a credential that is shared reads what
 * every team has there.
 *
 * @param model name of the registered model, if the source is a version
 * @param experiment name of the experiment, if the source is of a run, or a logged model
 */
public record SourceOrigin(Optional<String> model, Optional<String> experiment) {
    public static final SourceOrigin UNKNOWN = new SourceOrigin(Optional.empty(), Optional.empty());

    public static SourceOrigin ofModel(String name) {
        return new SourceOrigin(Optional.of(name), Optional.empty());
    }

    public static SourceOrigin ofExperiment(String name) {
        return new SourceOrigin(Optional.empty(), Optional.of(name));
    }
}
