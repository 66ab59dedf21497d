package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import java.util.regex.Pattern;

/** Names that every registry here accepts: MLflow's rules, and what {@code name@alias~1} needs to be read. */
public final class RegistryNames {
    private static final int MODEL_MAX = 250;
    private static final int ALIAS_MAX = 255;
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VERSION_LIKE = Pattern.compile("[vV][0-9]+");

    private RegistryNames() {}

    /** @throws DeliveryException INVALID_INPUT with the reason */
    public static void checkModel(String name) {
        if (name.isBlank()) {
            throw refused("A registered model needs a name.");
        }
        String shown = "The model name \"" + Texts.brief(name, 60) + "\" ";
        if (name.length() > MODEL_MAX) {
            throw refused(shown + "has " + name.length() + " characters; at most " + MODEL_MAX + " are allowed.");
        }
        if (!name.equals(name.strip())
                || name.chars().anyMatch(c -> "/:@~".indexOf(c) >= 0 || Character.isISOControl(c))) {
            throw refused(shown + "may not hold / : @ ~ or control characters, nor begin or end with a blank.");
        }
        if (name.equals(".") || name.equals("..")) {
            throw refused(shown + "is no name.");
        }
    }

    /** @throws DeliveryException INVALID_INPUT with the reason */
    public static void checkAlias(String alias) {
        String shown = "The alias \"" + Texts.brief(alias, 60) + "\" ";
        if (alias.length() > ALIAS_MAX || !ALIAS.matcher(alias).matches()) {
            throw refused(shown + "must be 1 to " + ALIAS_MAX + " letters, digits, _ or -.");
        }
        if (alias.equalsIgnoreCase("latest") || VERSION_LIKE.matcher(alias).matches()) {
            throw refused(shown + "is reserved: latest and v with a number mean versions.");
        }
    }

    private static DeliveryException refused(String message) {
        return new DeliveryException(Problem.INVALID_INPUT, message);
    }
}
