package io.jenkins.plugins.modeldelivery.steps;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The help of one parameter.
 *
 * @param whole HTML
 */
record Help(String whole) {
    private static final Pattern FIRST = Pattern.compile("<p>(.*?\\.)(?: |</p>)", Pattern.DOTALL);
    private static final Pattern DEFAULT = Pattern.compile("<p>Default: (.*?)</p>", Pattern.DOTALL);

    /** As Jenkins finds it: the type's own, or that of a class that it extends. */
    static Help of(Class<?> type, String parameter) throws IOException {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            try (InputStream in = c.getResourceAsStream(c.getSimpleName() + "/help-" + parameter + ".html")) {
                if (in != null) {
                    return new Help(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        throw new AssertionError("No help text for " + parameter + " of " + type);
    }

    String firstSentence() {
        return find(FIRST);
    }

    /** The default of the parameter. */
    String defaultValue() {
        return find(DEFAULT);
    }

    /** As Markdown. */
    private String find(Pattern pattern) {
        Matcher matcher = pattern.matcher(whole);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + whole);
        }
        return matcher.group(1)
                .replaceAll("</?code>", "`")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }
}
