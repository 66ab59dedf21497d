package io.jenkins.plugins.modeldelivery.engine.promotion;

/**
 * Who may do what with a registry.
 *
 * @param models that items may register, gate, promote and roll back
 * @param changeRequests whose builds may register, make evidence, and promote to aliases that no policy guards
 */
public record RegistryRule(NameLimits models, ChangeRequests changeRequests) {
    public static final RegistryRule OPEN = new RegistryRule(NameLimits.NONE, ChangeRequests.NONE);

    /** In plain words. */
    public String sentence() {
        return models.isEmpty()
                ? "Every item that may use the registry may register, gate and promote every model in it."
                : "Items may register, gate and promote these models: " + models + ".";
    }
}
