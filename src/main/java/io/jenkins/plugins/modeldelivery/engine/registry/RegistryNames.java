package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Names that every registry here accepts: MLflow's rules (mlflow/utils/validation.py), and what {@code name@alias~1} needs to
 * be read. All methods throw DeliveryException INVALID_INPUT with the reason.
 */
public final class RegistryNames {
    private static final int MODEL_MAX = 250;
    private static final int TAG_KEY_MAX = 250;
    private static final int TAG_VALUE_MAX = 100_000;
    private static final int PARAMETER_VALUE_MAX = 500;
    private static final int DESCRIPTION_MAX = 5000;
    /** The name of the tag that remembers who had it is longer than the alias. */
    private static final int ALIAS_MAX = TAG_KEY_MAX - Tags.aliasHistory("").length();

    private static final Pattern TAG_KEY = Pattern.compile("[/\\p{L}\\p{N}_.\\- :]+");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VERSION_LIKE = Pattern.compile("[vV][0-9]+");

    private RegistryNames() {}

    public static void checkModel(String name) {
        if (name.isBlank()) {
            throw refused("A registered model needs a name.");
        }
        String shown = "The model name \"" + TextSanitizer.brief(name, 60) + "\" ";
        if (name.length() > MODEL_MAX) {
            throw refused(shown + "has " + name.length() + " characters; at most " + MODEL_MAX + " are allowed.");
        }
        if (!name.equals(name.strip())
                || name.chars().anyMatch(c -> "/:@~".indexOf(c) >= 0 || Character.isISOControl(c))) {
            throw refused(
                    shown + "may not contain / : @ ~ or control characters, and may not begin or end with a blank.");
        }
        if (name.equals(".") || name.startsWith("..")) {
            throw refused(shown + "is ambiguous as a path: it may not be . or begin with two dots.");
        }
        checkText(shown, name);
    }

    /**
     * All that a registry would refuse of a new version, apart from its source.
     */
    public static void checkVersion(NewVersion version) {
        checkModel(version.name());
        version.tags().forEach(RegistryNames::checkTag);
        version.parameters().forEach(RegistryNames::checkParameter);
        int length = version.description().length();
        if (length > DESCRIPTION_MAX) {
            throw refused(
                    "The description has " + length + " characters; at most " + DESCRIPTION_MAX + " are allowed.");
        }
        checkText("The description ", version.description());
    }

    public static void checkTag(String key, String value) {
        checkEntry("The tag \"" + TextSanitizer.brief(key, 60) + "\" ", key, value, TAG_VALUE_MAX);
    }

    private static void checkEntry(String shown, String key, String value, int longest) {
        if (key.length() > TAG_KEY_MAX || !TAG_KEY.matcher(key).matches()) {
            throw refused(shown + "must be 1 to " + TAG_KEY_MAX + " letters, digits, blanks, or any of _ - . : /");
        }
        boolean path = Arrays.stream(key.split("/", -1)).noneMatch(part -> part.matches("\\.{0,2}"));
        if (!path || key.startsWith("..")) {
            throw refused(
                    shown + "is ambiguous as a path: it may not begin or end with /, contain // or a part . or .., or"
                            + " begin with two dots.");
        }
        if (value.length() > longest) {
            throw refused(
                    shown + "has a value of " + value.length() + " characters; at most " + longest + " are allowed.");
        }
        checkText(shown + "has a value that ", value);
    }

    private static void checkParameter(String key, String value) {
        checkEntry("The parameter \"" + TextSanitizer.brief(key, 60) + "\" ", key, value, PARAMETER_VALUE_MAX);
    }

    /**
     * Half a character cannot be sent.
     *
     * @param shown how the message begins
     */
    public static void checkText(String shown, String text) {
        if (text.codePoints().anyMatch(c -> c <= 0xFFFF && Character.isSurrogate((char) c))) {
            throw refused(shown + "holds half of a character (an unpaired surrogate).");
        }
    }

    public static void checkAlias(String alias) {
        String shown = "The alias \"" + TextSanitizer.brief(alias, 60) + "\" ";
        if (alias.length() > ALIAS_MAX || !ALIAS.matcher(alias).matches()) {
            throw refused(shown + "must be 1 to " + ALIAS_MAX + " letters, digits, _ or -.");
        }
        if (alias.equalsIgnoreCase("latest") || VERSION_LIKE.matcher(alias).matches()) {
            throw refused(shown + "is reserved: latest and v with a number mean versions.");
        }
    }

    private static DeliveryException refused(String message) {
        return ErrorKind.INVALID_INPUT.error(message);
    }
}
