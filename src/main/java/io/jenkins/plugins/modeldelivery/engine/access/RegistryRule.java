package io.jenkins.plugins.modeldelivery.engine.access;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Optional;

/**
 * Who may do what with a registry.
 *
 * @param models that items may register, gate, promote and roll back
 * @param experiments of the registry from whose runs and logged models items may register
 * @param changeRequests whose builds may register, make evidence, and promote to aliases that no policy guards
 */
public record RegistryRule(NameLimits models, NameLimits experiments, ChangeRequests changeRequests) {
    public static final RegistryRule OPEN = new RegistryRule(NameLimits.NONE, NameLimits.NONE, ChangeRequests.NONE);

    /** Whether it matters to whom a source in the registry belongs. */
    public boolean limitsSources() {
        return !models.isEmpty() || !experiments.isEmpty();
    }

    /**
     * @param model name of the registered model that the source is a version of
     * @param experiment name of the experiment that the source is of
     * @param owner the registry, as a part of a sentence
     * @throws DeliveryException DENIED if the caller may not register from such a source
     */
    public void checkSource(Optional<String> item, Optional<String> model, Optional<String> experiment, String owner) {
        if (!limitsSources()) {
            return;
        }
        if (model.isPresent()) {
            models.check(item, "model", model.get(), owner);
        } else if (experiment.isPresent() && !experiments.isEmpty()) {
            experiments.check(item, "experiment", experiment.get(), owner);
        } else {
            throw ErrorKind.DENIED.error("Items may not register from "
                    + experiment
                            .map(name -> "the experiment " + TextSanitizer.brief(name, 200))
                            .orElse("this source")
                    + ": " + owner
                    + " restricts the models of items, and it is unknown which item owns this source. Register"
                    + " files from a path, or ask the administrators of " + owner
                    + " to say which experiments items may register from (experiments).");
        }
    }

    public String sentence() {
        String from = experiments.isEmpty()
                ? models.isEmpty() ? "" : " They may not register from runs, since no experiments are given."
                : " They may register from runs of these experiments: " + experiments + ".";
        return sentence(models) + from;
    }

    public static String sentence(NameLimits models) {
        return models.isEmpty()
                ? "Every item that may use the registry may register, gate and promote every model in it."
                : "Items may register, gate and promote these models: " + models + ".";
    }
}
