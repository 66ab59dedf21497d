package io.jenkins.plugins.modeldelivery.engine.gate;

import java.util.regex.Pattern;

/** Writing names so that they read back as the same. */
final class CheckText {
    /** Names that need no quotes. */
    static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.:/@-]*");

    private CheckText() {}

    static String name(String name) {
        return PLAIN.matcher(name).matches() && !name.equals("baseline") && !name.equals("with")
                ? name
                : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
